#!/bin/sh
# Installs the servers that tests marked "servers" start on loopback: Debian's searx and mediawiki (with SQLite), and
# LiteLLM from wheels alone in a folder of its own outside the repository (0.6 GB, 13 seconds with uv).
# Needs root on Debian 12 or a relative; nothing is started here, the tests start and end the programs themselves.
# With the argument "litellm" it installs that alone, which needs neither root nor Debian.
set -eu

litellm=${XDG_CACHE_HOME:-$HOME/.cache}/magpie-tests/litellm
if [ ! -x "$litellm/bin/litellm" ]; then
    if command -v uv >/dev/null; then
        uv venv --quiet --clear "$litellm"
        uv pip install --quiet --only-binary :all: --python "$litellm/bin/python" 'litellm[proxy]==1.108.7'
    else
        python3 -m venv --clear "$litellm"
        "$litellm/bin/pip" install --quiet --only-binary :all: 'litellm[proxy]==1.108.7'
    fi
fi
if [ "${1-}" = litellm ]; then
    exit 0
fi

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
