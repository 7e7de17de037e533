#!/bin/sh
# Installs the servers that tests marked "servers" start on loopback: Debian's searx and mediawiki (with SQLite).
# Needs root on Debian 12 or a relative; nothing is started here, the tests start and end the programs themselves.
set -eu

if [ "$(id -u)" -ne 0 ]; then
    echo "Run this as root: it installs Debian packages." >&2
    exit 1
fi
if ! command -v apt-get >/dev/null; then
    echo "There is no apt-get here: searx and mediawiki come from Debian." >&2
    exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# A small web server is named because mediawiki wants one; the tests use PHP's own.
apt-get install -y -q --no-install-recommends searx mediawiki php-cli php-sqlite3 lighttpd
