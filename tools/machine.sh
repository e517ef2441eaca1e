#!/usr/bin/env bash
# What tests need beside Python: Chromium, a PostgreSQL server, Dovecot, Java for Spark. Installs what is missing where it can
# (Debian, root), says loudly what is left out; in CI nothing may be left out. Source it: sets LEFT_OUT, PG_BIN, JAVA_HOME.
LEFT_OUT=()
need_apt() {  # name, packages…
  local what=$1; shift
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $what ($*)"
    [ -n "${APT_UPDATED:-}" ] || { apt-get update -qq >/dev/null && APT_UPDATED=1; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null 2>&1 && return 0
  fi
  LEFT_OUT+=("$what (install: $*)")
}
pg_bin() {
  for folder in "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/x)")" /usr/lib/postgresql/*/bin /usr/local/pgsql/bin; do
    [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && { echo "$folder"; return; }
  done
}
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || need_apt Chromium chromium
PG_BIN=$(pg_bin); [ -n "$PG_BIN" ] || { need_apt PostgreSQL postgresql; PG_BIN=$(pg_bin); }
command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ] || need_apt "Dovecot (mailbox tests)" dovecot-imapd
command -v java >/dev/null || need_apt "Java (Spark)" default-jre-headless
