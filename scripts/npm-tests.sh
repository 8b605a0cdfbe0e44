#!/bin/sh
# Installs the npm packages that the integration tests need: real MCP servers, and the conformance suite with the
# Node.js it wants; with the argument "dashboard", only what the dashboard is built and checked with. Does nothing
# when they are there in the versions of the lock files. Run by ./test, or by hand.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

need_npm() {
  command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "npm-tests: installing Node.js from the system's packages" >&2
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >&2
  else
    echo "npm-tests: the integration tests need Node.js 20 or newer with npm; install them and try again." >&2
    exit 1
  fi
}

install_folder() { # $1: a folder with a lock file, $2: what it holds
  # The copy of the lock is made last: an installation that was broken off is done again.
  cmp -s "$1/package-lock.json" "$1/node_modules/.pharos-lock.json" && return 0
  need_npm
  echo "npm-tests: installing $2 (only when its lock file changed) ..." >&2
  (cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci >&2)
  cp "$1/package-lock.json" "$1/node_modules/.pharos-lock.json"
  echo "npm-tests: $2: done" >&2
}

if [ "${1:-}" = dashboard ]; then
  install_folder "$root/dashboard" "the dashboard's packages"
  exit 0
fi
install_folder "$root/server/src/test/npm" "the MCP servers to be looked at"
install_folder "$root/server/src/test/conformance" "the conformance suite"
