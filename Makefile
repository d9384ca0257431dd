# Two commands do everything on a fresh Debian or Ubuntu with Swift: `make run` and `make test`.

HOST ?= 127.0.0.1
PORT ?= 8080
# Where `make run` keeps the index, the model and the decision log.
VAR ?= var
# What the commands put into VAR and can make anew. Decisions are not among it: people made them.
MADE := index index.building index.previous index.next model built-from bench eval gate scale trials
SWIFT_BUILD_FLAGS ?=
# Folder of the public judged collections, for `make eval`.
COLLECTIONS ?=
# More flags for `sabil eval run`, such as --fresh.
EVAL_FLAGS ?=
# More flags for `sabil eval gate`, such as --only ranking.
GATE_FLAGS ?=
# More flags for `make bench`, such as --quick or --filter '^index'.
BENCH_FLAGS ?=
# Numbers of records for `make bench-scale`.
SIZES ?= 1k 10k 100k

SABIL := .build/release/sabil
SPEED := benchmarks/speed

.PHONY: run test build setup lint format check asan random-test query-fuzz fuzz eval-analysis fault-test bench bench-build bench-scale eval eval-gate report clean help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: build ## index the fixtures, train, and serve on http://127.0.0.1:8080
	@scripts/run.sh "$(SABIL)" "$(VAR)" "$(HOST)" "$(PORT)"

test: setup ## every test, then the check of the judged fixtures
	@swift build --build-tests $(SWIFT_BUILD_FLAGS)
	@swift test --skip-build $(SWIFT_BUILD_FLAGS)
	@swift run --skip-build $(SWIFT_BUILD_FLAGS) sabil fixtures check --quiet

build: setup ## the release binary at .build/release/sabil
	@swift build -c release --product sabil $(SWIFT_BUILD_FLAGS)

setup: ## system libraries and the compiler's version
	@scripts/setup.sh

lint: ## format, architecture, checksums
	@scripts/lint.sh

format: ## rewrite the sources in the house format
	@git ls-files -z '*.swift' | xargs -0 swift format format --in-place --parallel

check: lint test ## lint and tests; the build server runs the gate's quality part besides

asan: setup ## the tests of the C borders under AddressSanitizer
	@scripts/asan.sh

random-test: setup ## a million random strings through the analysis chains
	@SABIL_RANDOM_STRINGS=1000000 swift test --filter 'Random texts' $(SWIFT_BUILD_FLAGS)

query-fuzz: setup ## ten minutes of random queries over the fixtures (MINUTES=10, SEED=… begins with that one)
	@SABIL_QUERY_FUZZ_SECONDS=$$(( $(or $(MINUTES),10) * 60 )) $(if $(SEED),SABIL_QUERY_FUZZ_SEED=$(SEED)) \
		swift test --filter 'Random queries' $(SWIFT_BUILD_FLAGS)

fuzz: setup ## ten minutes of libFuzzer at the ICU border (SECONDS=600)
	@scripts/fuzz.sh $(or $(SECONDS),600)

eval-analysis: ## what each step of the chains is worth, beside Lucene, on COLLECTIONS=folder
	@benchmarks/analysis/ablation.sh "$(COLLECTIONS)"

fault-test: build ## SIGKILL in mid-commit, full disk, locked index … against the release binary
	@scripts/fault-test.sh "$(SABIL)"

bench-build: build ## the programs of `make bench`
	@scripts/setup.sh --bench
	@swift build -c release --package-path $(SPEED) --product yardstick $(SWIFT_BUILD_FLAGS)
	@swift build -c release --package-path $(SPEED) --product sabil-speed $(SWIFT_BUILD_FLAGS)

bench: bench-build ## speed, size and memory beside plain Xapian and SQLite FTS5, about 8 minutes
	@mkdir -p "$(VAR)/bench"
	@$(SPEED)/.build/release/sabil-speed --sabil "$(SABIL)" $(BENCH_FLAGS) --output "$(VAR)/bench/speed.json" \
		--markdown "$(VAR)/bench/speed.md"
	@cat "$(VAR)/bench/speed.md"

bench-scale: build ## how costs grow with the number of records: SIZES="1k 10k 100k 1M"
	@scripts/setup.sh --bench
	@benchmarks/scale.sh "$(SABIL)" $(SIZES)

eval: build ## committed experiments, with COLLECTIONS=folder also those on public collections
	@"$(SABIL)" eval run benchmarks/experiments/*.yaml --available $(if $(COLLECTIONS),--collections "$(COLLECTIONS)") \
		--output "$(VAR)/eval" $(EVAL_FLAGS)

eval-gate: build ## quality, speed and size beside the accepted baseline; exit 1 when something got worse
	@scripts/setup.sh --bench
	@$(MAKE) -s -C benchmarks/xapian-yardstick yardstick
	@"$(SABIL)" eval gate --output "$(VAR)/gate" $(GATE_FLAGS)

report: eval ## the experiments as a page, VAR/eval/report.html, and as Markdown
	@"$(SABIL)" eval report --results "$(VAR)/eval" --output "$(VAR)/eval/report.html" --markdown "$(VAR)/eval/report.md" \
		--history benchmarks/history.tsv --queries fixtures:dev=corpus-fixtures/search/queries.jsonl \
		$(if $(COLLECTIONS),--collections "$(COLLECTIONS)")

clean: ## remove what was built and what the commands put into VAR; decisions stay
	@test -n "$(VAR)" || { echo "sabil: VAR is empty; name the folder, or leave it out" >&2; exit 64; }
	@rm -rf .build $(foreach name,$(MADE),"$(VAR)/$(name)")
	@if [ -e "$(VAR)/decisions.sqlite" ]; then \
		echo "sabil: $(VAR)/decisions.sqlite stays: what people decided cannot be made anew" >&2; fi
	@if [ -d "$(VAR)" ]; then rmdir "$(VAR)" 2>/dev/null || true; fi
