#!/usr/bin/env bash
# Indexes the fixtures, trains the classifier on them and serves both. Reuses what is up to date.
# Usage: scripts/run.sh BINARY FOLDER HOST PORT
set -euo pipefail

sabil=$1 var=$2 host=$3 port=$4
address="http://$host:$port"

fail() {
    printf 'sabil: %s\n' "$1" >&2
    exit 69
}

if (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null; then
    fail "port $port of $host is taken: stop what listens there, or choose another with: make run PORT=8090"
fi

mkdir -p "$var"
records=(corpus-fixtures/records/en.jsonl corpus-fixtures/records/fr.jsonl corpus-fixtures/records/es.jsonl
    corpus-fixtures/records/ar.jsonl)
digest() { sha256sum "$sabil" "$@" taxonomy/* | sha256sum | cut -d' ' -f1; }
wanted=$(digest "${records[@]}")

if [[ -d $var/index && -d $var/model && $(cat "$var/built-from" 2>/dev/null || true) == "$wanted" ]]; then
    printf 'sabil: index and model are up to date in %s\n' "$var" >&2
else
    rm -f "$var/built-from"
    "$sabil" index --rebuild --index "$var/index" --decisions "$var/decisions.sqlite" "${records[@]}"
    "$sabil" train --model "$var/model" --decisions "$var/decisions.sqlite" "${records[@]}"
    printf '%s\n' "$wanted" >"$var/built-from"
fi

"$sabil" serve --index "$var/index" --model "$var/model" --decisions "$var/decisions.sqlite" \
    --host "$host" --port "$port" &
server=$!
trap 'kill -TERM "$server" 2>/dev/null || true' INT TERM
trap 'kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT

ready() { # GET /readyz answers 200
    exec 3<>"/dev/tcp/$host/$port" || return 1
    printf 'GET /readyz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$host" >&3
    local line
    IFS= read -r -t 5 line <&3 || line=
    exec 3>&- 3<&-
    [[ $line == *' 200 '* ]]
} 2>/dev/null

for _ in $(seq 1 300); do
    kill -0 "$server" 2>/dev/null || { wait "$server"; exit $?; }
    ready && break
    sleep 0.1
done

cat <<TEXT

Sabil serves the fixtures. Try:

  curl -s '$address/v1/search?q=transferencias+monetarias&per_page=1&highlight=false&facets=language'
  curl -s '$address/v1/suggest' -H 'content-type: application/json' -d '{"text":"A monthly cash allowance for children in poor rural households, paid through mobile money.","limit":1}'
  curl -s '$address/v1/records/es-0011'

and in a browser:

  $address/

Stop with Ctrl-C.
TEXT
wait "$server" && status=0 || status=$?
# 143: ended by the SIGTERM that was asked for.
((status == 143)) && status=0
exit "$status"
