#!/usr/bin/env bash
# Feeds the ICU border with whatever libFuzzer thinks of, under AddressSanitizer and UndefinedBehaviorSanitizer.
# Usage: scripts/fuzz.sh [SECONDS]   (600)
# Needs clang with libFuzzer (that of the Swift toolchain has it) and libicu-dev. Findings are left in .build/fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
clang=$(dirname "$(realpath "$(command -v swift)")")/clang++
[[ -x $clang ]] || clang=clang++
mkdir -p .build/fuzz/corpus
"$clang" -std=c++17 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
    -ISources/CICUShim/include -ISources/CICUShim \
    Tests/Fuzz/segmenter_fuzz.cc Sources/CICUShim/CICUShim.cc Sources/CICUShim/WordScanner.cc Sources/CICUShim/BookNumbers.cc \
    -licuuc -licudata -o .build/fuzz/segmenter
# Seeds: each text of the golden tables is a start worth having.
cut -f1 corpus-fixtures/analysis/*.tsv | grep -v '^#' | split -l 1 -a 4 - .build/fuzz/corpus/golden-
exec .build/fuzz/segmenter -max_total_time="$seconds" -max_len=512 -timeout=10 -print_final_stats=1 \
    -artifact_prefix=.build/fuzz/ .build/fuzz/corpus
