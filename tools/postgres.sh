#!/usr/bin/env bash
# A throw-away PostgreSQL server on a free loopback port: `tools/postgres.sh start DIR` prints its address, `stop DIR`.
set -euo pipefail
action=$1 dir=$2
as_owner() {  # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then runuser -u "$(id -un 65534 2>/dev/null || echo nobody)" -- "$@"; else "$@"; fi
}
case $action in
  start)
    mkdir -p "$dir"; [ "$(id -u)" = 0 ] && chown 65534 "$dir"
    port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
    (cd "$dir" && as_owner "$PG_BIN/initdb" -D "$dir/data" -U clientarium --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null)
    printf "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\nmax_connections=50\n" >> "$dir/data/postgresql.conf"
    (cd "$dir" && as_owner "$PG_BIN/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-p $port -c listen_addresses=127.0.0.1 -k $dir" start >/dev/null)
    echo "postgres://clientarium@127.0.0.1:$port/postgres" ;;
  stop) (cd "$dir" && as_owner "$PG_BIN/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null) || true ;;
esac
