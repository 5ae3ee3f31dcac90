"""Reads the corpus: oracle/corpus/*.txt, in the form that README.md describes.

    %% RULE…                   one snippet: the lines up to the next %%
    %% RULE… each              every following line is a snippet of its own
    %% RULE… each D=i1|u1|f4   and is repeated with $D replaced by each value
    %% RULE… ~                 the numbers may differ in the last place (README.md)
    %% RULE… class             of an error only the class is compared

corpus_test.go reads the same form in Go.
"""

import itertools
import pathlib
import re

HERE = pathlib.Path(__file__).parent


def snippets(text):
    """Yields (rules, marks, code) for each snippet of one corpus file."""
    head, body = None, []
    for line in text.split("\n") + ["%%"]:
        if line.startswith("%%"):
            if head is not None:
                yield from expand(head, body)
            head, body = line[2:].strip(), []
        elif head is not None:
            body.append(line)


def expand(head, body):
    """Yields the snippets of one block: its line after %%, its lines."""
    words, *fills = re.split(r" (?=[A-Z]=)", head)
    words = words.split()
    rules = [w for w in words if w not in ("~", "each", "class")]
    marks = {"approximate": "~" in words, "class_only": "class" in words}
    codes = [line for line in body if line.strip()] if "each" in words else ["\n".join(body).strip("\n")]
    names = ["$" + fill[0] for fill in fills]
    values = [fill[2:].split("|") for fill in fills]
    seen = set()
    for code in codes:
        for combination in itertools.product(*values):
            one = code
            for name, value in zip(names, combination):
                one = one.replace(name, value)
            if one.strip() and one not in seen:
                seen.add(one)
                yield rules, marks, one


def topics():
    """Yields (topic, its snippets) for each file of the corpus, in order of name."""
    for path in sorted((HERE / "corpus").glob("*.txt")):
        yield path.stem, list(snippets(path.read_text(encoding="utf-8")))
