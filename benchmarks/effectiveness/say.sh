# Sourced by the scripts beside it.

# Passes a row on and shows it.
say() {
    local row
    IFS= read -r row
    printf '%s\n' "$row"
    printf '%s\n' "$row" >&2
}
