"""Ask NumPy whether pairs of arrays over one block share memory: shares.golden.

Run from this directory with NumPy 2.4.6:  python shares.py

Each line is: the shape, the strides, the offset and the item's bytes of both
arrays, separated by blanks, then max_work (- for none) and the answers of
shares_memory and may_share_memory: T, F, or H for TooHardError.
"""
import random
import numpy as np

random.seed(48)
block = np.zeros(4000, "u1")


def place():
    n = random.randint(0, 4)
    shape = [random.randint(1, 5) for _ in range(n)]
    strides = [random.randint(-60, 60) for _ in range(n)]
    if n and random.random() < 0.05:
        shape[0] = 0
    return shape, strides, 1500 + random.randint(0, 80), random.choice([1, 1, 2, 3, 4, 8])


def ask(f, a, b, work):
    try:
        return "FT"[f(a, b, max_work=work)]
    except np.exceptions.TooHardError:
        return "H"


def text(p):
    return " ".join([",".join(map(str, p[0])) + ";", ",".join(map(str, p[1])) + ";", str(p[2]), str(p[3])])


with open("shares.golden", "w") as out:
    for _ in range(1500):
        p, q = place(), place()
        a, b = (np.ndarray(s, "V%d" % item, block, at, st) for s, st, at, item in (p, q))
        work = random.choice([None, -1, 0, 1, 2, 3, 5, 10, 20, 100])
        out.write("%s %s %s %s%s\n" % (text(p), text(q), "-" if work is None else work,
                                       ask(np.shares_memory, a, b, work), ask(np.may_share_memory, a, b, work)))
