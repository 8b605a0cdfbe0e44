#!/bin/sh
# Sees to it that there is a browser for the dashboard's tests: $CHROMIUM, /usr/bin/chromium, or Playwright's own.
set -eu
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "chromium: installing it from the system's packages" >&2
  apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >&2
  exit 0
fi
[ -d "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}" ] && exit 0
echo "chromium: the browser tests need Chromium: install it, name it in CHROMIUM, or run" >&2
echo "  (cd dashboard && npx playwright install chromium)" >&2
exit 1
