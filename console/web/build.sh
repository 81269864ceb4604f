#!/bin/sh
# Builds the console's pages into dist. Packages are installed anew only when the lock has changed.
set -e
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi
npm run --silent "${1:-build}"
