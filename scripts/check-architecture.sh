#!/usr/bin/env bash
# The rules of ARCHITECTURE.md that the compiler does not enforce. Exit 1 with one line per finding.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0

report() { # title, findings
    if [[ -n $2 ]]; then
        printf '%s\n%s\n' "$1" "$(sed 's/^/  /' <<<"$2")"
        status=1
    fi
}
swift_sources() { git ls-files --cached --others --exclude-standard 'Sources/*.swift'; }

report 'C modules are imported outside Boundary/:' \
    "$(swift_sources | grep -v '/Boundary/' | xargs -r grep -nE '^ *(public |package |internal |private )?import (CXapianShim|CICUShim|CCLD2Shim|CLinearShim|CSerd)\b')"
report 'unsafe code or raw pointers outside Boundary/ (an actor'"'"'s executor line excepted):' \
    "$(swift_sources | grep -v '/Boundary/' | xargs -r grep -nE '\bunsafe\b|\bOpaquePointer\b|Unsafe(Mutable)?(Raw)?(Buffer)?Pointer' | grep -vE 'unownedExecutor|^[^:]+:[0-9]+: *///? ')"
report 'Analysis uses more of the Xapian border than the stemmer:' \
    "$(git ls-files 'Sources/SabilAnalysis/*.swift' | xargs -r grep -noE '\bxs_[a-z]+_[a-z_]+' | grep -vE ':xs_(stem_[a-z_]+|library_version|error_[a-z]+)$')"
report 'Foundation (whole) is imported where FoundationEssentials must do:' \
    "$(swift_sources | grep -vE '^Sources/(SabilServer|SabilTool|SabilReview)/' | xargs -r grep -nE '^ *(public |package |internal )?import Foundation$')"
report 'A layer knows what it must not:' \
    "$( (grep -rnE 'import (GRDB|Hummingbird|ArgumentParser)' Sources/SabilSearch Sources/SabilClassification Sources/SabilEvaluation Sources/SabilAnalysis Sources/SabilTaxonomy Sources/SabilRecords Sources/XapianIndex
        grep -rnE 'import (XapianIndex|SabilSearch)' Sources/SabilClassification
        grep -rnE 'import SabilClassification' Sources/SabilSearch
        grep -rnE 'import Sabil' Sources/XapianIndex) 2>/dev/null)"
report 'Forced: try! or as! (the linter finds unwrapped optionals):' \
    "$(swift_sources | xargs -r grep -nE '\btry!|\bas! ')"
report 'Escapes from concurrency checking without a "// Safety:" line just above or beside them:' \
    "$(swift_sources | xargs -r awk 'FNR==1{prev="";prev2=""} /@unchecked Sendable|nonisolated\(unsafe\)|@preconcurrency/ && !/Safety:/ && prev !~ /Safety:/ && prev2 !~ /Safety:/ {print FILENAME":"FNR": "$0} {prev2=prev; prev=$0}')"
report 'print outside the tool:' \
    "$(swift_sources | grep -v '^Sources/SabilTool/' | xargs -r grep -nE '(^|[^.A-Za-z_])print\(')"
report 'Files over 400 lines hold two ideas:' \
    "$(git ls-files --cached --others --exclude-standard 'Sources/*.swift' 'Sources/*.cc' 'Sources/*.cpp' 'Sources/*.c' | xargs -r wc -l | awk '$1 > 400 && $2 != "total" {print $2 ": " $1 " lines"}')"
report 'Names that say nothing:' \
    "$(git ls-files --cached --others --exclude-standard 'Sources/*' | grep -E '(Manager|Helper|Util|Utils|Common|Misc)\.(swift|cc|h)$')"
report 'Disabled tests:' \
    "$(git ls-files --cached --others --exclude-standard 'Tests/*.swift' | xargs -r grep -nE '\.disabled\(|\.enabled\(if: false\)|withKnownIssue')"
report 'Targets without a section in ARCHITECTURE.md:' \
    "$(for folder in Sources/*/; do name=$(basename "$folder"); grep -qE "^#+ .*\`$name\`" ARCHITECTURE.md || echo "$name"; done)"

exit "$status"
