# Two commands matter: `make demo` and `make test`. Bare `make` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
PORT ?= 8000
export CLIENTARIUM_HOME ?= $(CURDIR)/var

.PHONY: help install demo serve test test-quick coverage check bench messages format clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

install: ## Python and front-end dependencies, built assets, compiled translations
	@tools/install.sh

demo: install ## a realistic company loaded, server running, address and logins printed
	@$(PY) -m clientarium.interfaces.cli demo --serve --port $(PORT)

serve: install ## web and background worker over your own home (CLIENTARIUM_HOME, default ./var)
	@$(PY) -m clientarium.interfaces.cli serve --port $(PORT)

check: install ## formatting, lint, types, contracts, migrations, generated pages
	@tools/check.sh

test: install ## everything: checks, then all tests on SQLite and on PostgreSQL
	@tools/test.sh

test-quick: install ## unit tests on SQLite only, without browser and Spark
	@.venv/bin/pytest -q -n 2 -m "not functional and not spark and not slow" tests

coverage: install ## how much of the code the SQLite half reaches (slow: Python 3.11 traces every line)
	@CLIENTARIUM_DATABASE_URL= .venv/bin/pytest -q -n 2 --cov=clientarium --cov-report=term:skip-covered tests

bench: install ## side-by-side benchmarks; tables printed, JSON in bench/results
	@$(PY) -m bench

messages: install ## extract and merge the texts, compile the translations
	@$(PY) tools/messages.py --update

format: install ## ruff and djlint rewrite the code
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix . && .venv/bin/djlint --reformat --quiet src/clientarium/interfaces/web/templates || true

clean: ## what install and the tests made (never the home)
	rm -rf .venv .tools frontend/node_modules src/clientarium/interfaces/web/static/build .pytest_cache .mypy_cache .ruff_cache
