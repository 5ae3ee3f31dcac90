"""Makes the golden answers: runs the corpus under NumPy and writes golden/TOPIC.jsonl.

    python oracle/golden.py            remake oracle/golden
    python oracle/golden.py --out DIR  write elsewhere (the live test does)
    python oracle/golden.py --report   how many snippets each rule has
    python oracle/golden.py --eval CODE  one answer, to look at

NumPy 2.4.6 on x86-64 made the answers that are checked in.
"""

import argparse
import collections
import json
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True

import numpy as np

import answer
import corpus


def lines():
    """Yields (topic, the lines of its golden file)."""
    for topic, snippets in corpus.topics():
        made = []
        for number, (rules, marks, code) in enumerate(snippets, 1):
            line = {"id": f"{topic}:{number}", "rules": rules, "code": code}
            line.update({mark: True for mark in marks if marks[mark]})
            line.update(answer.run(code))
            made.append(checked(json.dumps(line, ensure_ascii=False)))
        yield topic, made


def checked(line):
    """The line itself, when another machine would write the same."""
    for word in (" at 0x", tempfile.gettempdir(), sys.prefix, sys.base_prefix, "NotImplementedError"):
        if word in line:
            sys.exit(f"{word!r} is of this machine: {line}")
    return line


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    keep = set()
    total = 0
    for topic, made in lines():
        path = folder / f"{topic}.jsonl"
        keep.add(path)
        path.write_text("\n".join(made) + "\n", encoding="utf-8")
        total += len(made)
    for path in set(folder.glob("*.jsonl")) - keep:
        path.unlink()
    print(f"{total} answers of NumPy {np.__version__} in {len(keep)} files")


def report():
    count = collections.Counter()
    total = 0
    for topic, snippets in corpus.topics():
        print(f"{topic:16} {len(snippets)}")
        total += len(snippets)
        for rules, _, _ in snippets:
            count.update(rules or ["(none)"])
    print(f"{'all':16} {total}\n")
    for rule, n in sorted(count.items(), key=lambda item: order(item[0])):
        print(f"{rule:8} {n}")


def order(rule):
    return [(0, int(p)) if p.isdigit() else (1, p) for p in rule.replace(".", " ").split()]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", type=pathlib.Path, default=corpus.HERE / "golden")
    p.add_argument("--report", action="store_true")
    p.add_argument("--eval")
    args = p.parse_args()
    if args.report:
        report()
    elif args.eval is not None:
        print(json.dumps(answer.run(args.eval), ensure_ascii=False))
    else:
        write(args.out)


if __name__ == "__main__":
    main()
