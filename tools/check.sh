#!/usr/bin/env bash
# Every standing check that is not a test. Runs all, then fails if any failed.
cd "$(dirname "$0")/.." || exit 1
failed=()
run() { local name=$1; shift; if output=$("$@" 2>&1); then echo "ok    $name"; else echo "FAIL  $name"; echo "$output" | tail -40; failed+=("$name"); fi; }
run "ruff format" .venv/bin/ruff format --check .
run "ruff" .venv/bin/ruff check .
run "mypy" .venv/bin/mypy
run "import contracts" .venv/bin/lint-imports --no-cache
run "migrations current" env CLIENTARIUM_HOME="$(mktemp -d)" .venv/bin/python manage.py makemigrations --check --dry-run
run "translations complete" .venv/bin/python tools/messages.py --check
run "generated pages current" .venv/bin/python tools/generated.py --check
run "front end types" bash -c 'export PATH="$PWD/.tools/bin:$PATH"; cd frontend && npx --no-install tsc --noEmit'
if [ ${#failed[@]} -gt 0 ]; then echo "Failed: ${failed[*]}"; exit 1; fi
