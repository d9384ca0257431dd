#!/usr/bin/env bash
# Format, architecture, fixtures, the gate's baseline. Exit 1 when any of them finds something.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0

git ls-files -z --cached --others --exclude-standard '*.swift' | xargs -0 swift format lint --strict --parallel || status=1
scripts/check-architecture.sh || status=1
scripts/check-manifest.sh || status=1
scripts/check-baseline.sh || status=1

exit "$status"
