#!/usr/bin/env bash
# Tests of the targets that cross into C and C++, built with AddressSanitizer in a scratch folder of their own.
# Leak detection is off: XCTest's own process never frees its registries.
set -euo pipefail
cd "$(dirname "$0")/.."
export ASAN_OPTIONS=detect_leaks=0
swift test --scratch-path .build/asan --sanitize=address \
    --filter 'XapianIndexTests|SabilAnalysisTests|SabilTaxonomyTests|SabilClassificationTests'
