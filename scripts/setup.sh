#!/usr/bin/env bash
# Installs the system libraries that are missing and checks the compiler. Says what it does; changes nothing else.
# Usage: scripts/setup.sh [--bench]     --bench: also what the yardsticks of `make bench` need
set -euo pipefail

packages=(libxapian-dev libicu-dev libserd-dev liblinear-dev libcld2-dev libsqlite3-dev pkg-config)
headers=(xapian.h unicode/utypes.h serd-0/serd/serd.h linear.h cld2/public/compact_lang_det.h sqlite3.h)
if [[ ${1:-} == --bench ]]; then
    packages+=(nlohmann-json3-dev)
    headers+=(nlohmann/json.hpp)
fi

fail() {
    printf 'sabil: %s\n' "$1" >&2
    exit 69
}

if ! command -v swift >/dev/null 2>&1; then
    fail 'Swift was not found: install Swift 6.2 or newer (https://www.swift.org/install/linux) and put it on PATH.'
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\)\.\([0-9][0-9]*\).*/\1 \2/p' | head -n 1)
read -r major minor <<<"${version:-0 0}"
if ((major < 6 || (major == 6 && minor < 2))); then
    fail "Swift ${major}.${minor} is too old: install Swift 6.2 or newer (https://www.swift.org/install/linux)."
fi

missing=()
if command -v dpkg-query >/dev/null 2>&1; then
    for package in "${packages[@]}"; do
        status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
        [[ $status == 'install ok installed' ]] || missing+=("$package")
    done
else
    # No dpkg: look for the headers the build needs.
    for header in "${headers[@]}"; do
        found=
        for root in /usr/include /usr/local/include /usr/include/*-linux-gnu; do
            [[ -e $root/$header ]] && found=1
        done
        [[ $found ]] || missing+=("$header")
    done
fi
((${#missing[@]} == 0)) && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    fail "apt-get was not found: install what these name by the system's own means: ${missing[*]}."
fi
privilege=()
if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null 2>&1 ||
        fail "these packages are missing and sudo was not found; as root, run: apt-get install ${missing[*]}"
    privilege=(sudo)
fi
printf 'sabil: installing %s\n' "${missing[*]}" >&2
"${privilege[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 ||
    printf 'sabil: apt-get update failed; trying with the package lists at hand\n' >&2
"${privilege[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    fail "apt-get could not install: ${missing[*]}. Its own message is above."
