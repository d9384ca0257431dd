#!/usr/bin/env bash
# What each step of the analysis chains is worth on the judged collections of a folder, beside Lucene's runs.
# Usage: benchmarks/analysis/ablation.sh COLLECTIONS   writes benchmarks/analysis/ablation.tsv
set -euo pipefail
[[ -d ${1:-} ]] || { echo "usage: make eval-analysis COLLECTIONS=folder of BEIR folders with lucene.trec" >&2; exit 64; }
collections=$(realpath "$1")
cd "$(dirname "$0")"
arguments=()
for pair in en=xquad_r_en en=tydiqa_en_train en=canlaw_social_en en=xquad_en fr=canlaw_social_fr fr=msdocs_ki_fr \
    es=squad_es es=xquad_r_es es=xquad_es ar=arcd_ar_train ar=xquad_r_ar ar=xquad_ar ar=msdocs_ki_ar; do
    [[ -d $collections/${pair#*=} ]] && arguments+=("${pair%%=*}=$collections/${pair#*=}")
done
swift run -c release AnalysisAblation "${arguments[@]}" | tee ablation.tsv
