"""Ask NumPy for products of arrays and for what it says of bad ones: products.json.gz.

Run from this directory with NumPy 2.4.6:  python products.py

Item i of operand k is (7*i + 3*k) % 11 - 3 (odd or even of that for bools), plus
1j times (5*i + k) % 7 - 2 for complex numbers.
"""
import gzip
import json
import random
import numpy as np

random.seed(5)
cases = []


def operand(k, shape, dt):
    i = np.arange(int(np.prod(shape)))
    x = (7 * i + 3 * k) % 11 - 3
    if dt[0] == "c":
        x = x + 1j * ((5 * i + k) % 7 - 2)
    if dt == "?":
        x = x % 2 == 1
    return x.astype(dt).reshape(shape)


def ask(op, f, shapes, dts, **args):
    case = dict(op=op, shapes=shapes, dtypes=dts, **args)
    try:
        r = np.asarray(f(*[operand(k, s, d) for k, (s, d) in enumerate(zip(shapes, dts))]))
        flat = r.ravel().astype(complex)
        case.update(shape=list(r.shape), dtype=r.dtype.name, real=flat.real.astype(int).tolist(), imag=flat.imag.astype(int).tolist())
    except Exception as e:
        case["error"] = str(e)
    cases.append(case)


def einsum(subs, shapes, dts=None):
    dts = dts or ["f8"] * len(shapes)
    ask("einsum", lambda *a: np.einsum(subs, *a), [list(s) for s in shapes], dts, subscripts=subs)


M, N, S, V = (2, 3), (3, 4), (3, 3), (3,)
for subs, *shapes in [
    ("ij,jk", M, N), ("ij,jk->ki", M, N), ("ij,kj->ik", M, N), ("ij,jk,kl", M, N), ("ij", M, N), ("ijk", M), ("i", M), ("", M),
    ("", ()), ("->", ()), (",", (), ()), ("ii", M), ("ii", S), ("ii->i", S), ("ii->i", M), ("ij->ji", M), ("ji", M), ("...j,j", M, V),
    ("...j,j...", M, V), ("...ij,...jk->...ik", (5, 2, 3), N), ("...ij,...jk", (5, 2, 3), (5, 3, 4)),
    ("...ij,...jk->ik", (5, 2, 3), (5, 3, 4)), ("i...->...", M), ("i.j", M), ("i....j", M), ("..j", M), ("i...j...", M),
    ("ij->i->j", M), ("ij-i", M), ("ij>i", M), ("ij->ik", M), ("ij->ii", M), ("i1", M), ("i$->i", M), ("ij->i$", M),
    ("i j , j k -> i k", M, N), ("ij,jk", M, (1, 4)), ("ij,ij->ij", M, (1, 3)), ("aA,Ab", M, N), ("bA", M), ("ij,jk->ik", M),
    ("ij,jk->...ik", M, N), ("...ij->ij", (5, 2, 3)), ("...,...", M, M), ("...,...", M, V), ("...,...", M, (2,)), ("i,i->", (0,), (0,)),
    ("i...,i...->i...", M, M), ("iij->ij", (3, 3, 2)), ("ij,ij", M, (3, 2)), ("->", M), ("ij,j->->i", M, V), ("ij,", M), ("ij,,j", M, V, V),
    ("i...,...i", M, (3, 2)), ("ij->...", M), ("ij->.i", M), ("ij->i..", M), ("ij->i...j...", M), ("i->ij", (2,)), ("ii,i->i", (1, 3), V),
    ("i,i", V, (4,)), ("i,j->ij", V, (4,)), ("ij,ij->", M, M), ("bij,bjk->bik", (4, 2, 3), (4, 3, 5)), ("ijk,jil->kl", (2, 3, 4), (3, 2, 5)),
    ("ab,bc,cd->ad", M, N, (4, 2)), ("ab,bc,cd,de->ea", M, N, (4, 2), (2, 5)), ("i,ij,j", (2,), M, V), ("ijkl,jk->il", (2, 3, 4, 2), (3, 4)),
    ("abc,abd->cd", (2, 3, 4), (2, 3, 5)), ("iijj->ij", (2, 2, 3, 3)), ("iiii->", (2, 2, 2, 2)), ("ij,ji->", M, (3, 2)), ("i,i,i->i", V, V, V),
    ("k,i->", V, (2,)), ("ij,k->jk", M, V), ("zy,yx", M, N),
]:
    einsum(subs, shapes)
for dts in [["i4", "f4"], ["i1", "i1"], ["?", "?"], ["c8", "f4"], ["c16", "i8"], ["u2", "i2"], ["f4", "f4"], ["u4", "u1"]]:
    for subs, *shapes in [("ij,jk", M, N), ("ij,ij->i", M, M), ("i,j->ji", (2,), V), ("ij,ij", M, M)]:
        einsum(subs, shapes, dts)
for dt in ["i1", "?", "f4", "i4", "c8"]:
    for subs in ["ij->", "ij->j", "ij->ji"]:
        einsum(subs, [M], [dt])

size = dict(i=2, j=3, k=4, l=1, m=5, A=2, B=3)
for _ in range(400):
    n = random.choice([1, 2, 2, 2, 3, 4])
    dots = random.random() < 0.3
    rest = [random.randint(1, 3) for _ in range(random.randint(0, 2))]
    terms, shapes, seen = [], [], []
    for _ in range(n):
        t = "".join(random.choice("ijklmAB") for _ in range(random.randint(0, 3)))
        shape = [size[c] for c in t]
        if random.random() < 0.1 and len(set(t)) == len(t) and t:
            shape[random.randrange(len(t))] = 1
        if dots:
            at = random.randint(0, len(t))
            have = rest[random.randint(0, len(rest)):]
            have = [1 if random.random() < 0.1 else d for d in have]
            shape[at:at] = have
            t = t[:at] + "..." + t[at:]
        terms.append(t)
        shapes.append(shape)
        seen += [c for c in t if c != "."]
    subs = ",".join(terms)
    if random.random() < 0.7:
        out = random.sample(sorted(set(seen)), random.randint(0, len(set(seen))))
        if dots and random.random() < 0.9:
            out.insert(random.randint(0, len(out)), "...")
        subs += "->" + "".join(out)
    einsum(subs, shapes, [random.choice(["f8", "f8", "f4", "i4", "c16"]) for _ in shapes])

vectors = [(), (3,), (2, 3), (3, 3), (3, 2), (4, 2, 3), (4, 3, 2), (1, 3, 2), (2, 4, 3, 2), (0, 3), (3, 0)]
for a in vectors:
    for b in vectors:
        for dts in [["f8", "f8"], ["i4", "f4"]]:
            s = [list(a), list(b)]
            ask("matmul", np.matmul, s, dts)
            ask("dot", np.dot, s, dts)
            ask("inner", np.inner, s, dts)
        ask("outer", np.outer, s, ["i2", "c8"])
        ask("kron", np.kron, s, ["i2", "c8"])
        ask("vdot", np.vdot, s, ["c8", "c16"])
for a, b, x, y in [(M, N, [1], [0]), (M, N, [1, 0], [0]), (M, M, [0, 0], [0, 0]), (M, N, [-1], [-2]), (M, M, [0, 1], [0, 1]), (M, (3, 2), [0, 1], [1, 0]),
                   ((2, 3, 4), (4, 3, 5), [2, 1], [0, 1]), ((2, 3, 4), (5, 2, 3), [0], [1]), (M, N, [], []), (M, N, [5], [0]), (M, N, [0], [0])]:
    ask("tensordot", lambda p, q: np.tensordot(p, q, (x, y)), [list(a), list(b)], ["f8", "f8"], x=x, y=y)
for a, n in [(S, 0), (S, 1), (S, 2), (S, 5), (S, 6), ((2, 3, 3), 3), (M, 2), (V, 2), ((), 2)]:
    for dt in ["f8", "i4", "i1"]:
        ask("power", lambda p: np.linalg.matrix_power(p, n), [list(a)], [dt], n=n)
for shapes in [[M], [M, N], [V, S, V], [M, S, V], [M, (1, 2, 3), N], [M, V, N], [V, S, N], [V, V], [(2, 2, 2), M],
               [M, N, (4, 5), (5, 2)], [(5, 1), (1, 5), (5, 2), (2, 4)], [M, M]]:
    ask("multidot", lambda *a: np.linalg.multi_dot(a), [list(s) for s in shapes], (["i4"] + ["f8"] * 9)[:len(shapes)])

with gzip.GzipFile("products.json.gz", "w", mtime=0) as f:
    f.write(json.dumps(cases, separators=(",", ":")).encode())
