#!/usr/bin/env bash
# All checks and all tests, on SQLite and on PostgreSQL. In CI nothing may be left out.
set -uo pipefail
cd "$(dirname "$0")/.."
source tools/machine.sh
unset PYTHONDONTWRITEBYTECODE  # the tests start hundreds of processes
CLIENTARIUM_WITH_SPARK=1 tools/install.sh || exit 1
[ -d ../shared ] || LEFT_OUT+=("tests on the real data of ../shared (folder absent)")
if [ ${#LEFT_OUT[@]} -gt 0 ]; then
  printf '\n!!! LEFT OUT on this machine:\n'; printf '!!!   %s\n' "${LEFT_OUT[@]}"
  if [ -n "${CI:-}" ]; then echo "!!! In CI nothing may be left out."; exit 1; fi
fi
status=0
tools/check.sh || status=1
echo "--- all tests, SQLite"
CLIENTARIUM_DATABASE_URL= .venv/bin/pytest -q -n 2 tests || status=1
if [ -n "$PG_BIN" ]; then
  export PG_BIN
  folder=$(mktemp -d); trap 'tools/postgres.sh stop "$folder"; rm -rf "$folder"' EXIT
  # Left out here: what never touches the database, programs on SQLite homes of their own, and the journeys in Chromium
  # (they take a third of the time; JOURNEYS_ON_POSTGRES=1 walks them here too).
  places="tests/decisions tests/interfaces"
  [ -n "${JOURNEYS_ON_POSTGRES:-}" ] && places="$places tests/functional"
  echo "--- everything that touches the database, PostgreSQL"
  address=$(tools/postgres.sh start "$folder") || exit 1
  CLIENTARIUM_DATABASE_URL=$address .venv/bin/pytest -q -n 2 -m "not one_database" $places || status=1
fi
exit $status
