"""Golden answers for sorting, searching and sets, made by NumPy: writes sorting.json.gz.

Each case is one line: operation, inputs, options, and the results or the error's text.
"""
import gzip, json, os
import numpy as np

rng = np.random.default_rng(7)
cases = []


def enc(a):
    a = np.asarray(a)
    return {"descr": repr(a.dtype.descr) if a.dtype.names else a.dtype.str, "shape": list(a.shape),
            "data": a.tobytes().hex()}


def case(op, f, inputs, **opts):
    c = {"op": op, "in": [enc(x) for x in inputs], "opts": opts}
    try:
        r = f(*inputs)
        c["out"] = [enc(x) for x in (r if isinstance(r, tuple) else (r,))]
    except Exception as e:
        c["error"] = str(e)
    cases.append(c)


def items(dt, shape, few=False):
    dt = np.dtype(dt)
    n = int(np.prod(shape))
    if dt.names:
        a = np.zeros(n, dt)
        for f in dt.names:
            a[f] = items(dt[f].base, a[f].shape, True)
        return a.reshape(shape)
    if dt.kind == "b":
        return rng.integers(0, 2, shape).astype(dt)
    if dt.kind in "iu":
        info = np.iinfo(dt)
        lo, hi = (0, 5) if few else (int(info.min), int(info.max))
        return rng.integers(lo, hi, shape, dtype=dt.newbyteorder("="), endpoint=True).astype(dt)
    if dt.kind == "f":
        a = np.round(rng.standard_normal(shape) * 3, 1 if few else 6)
        a[rng.random(shape) < .15] = np.nan
        a[rng.random(shape) < .1] = -0.
        a[rng.random(shape) < .1] = 0.
        a[rng.random(shape) < .1] = -np.inf
        return a.astype(dt)
    if dt.kind == "c":
        return (items("f8", shape, True) + 0j + 1j * items("f8", shape, True)).astype(dt) if not few else \
            np.array([complex(x, y) for x, y in zip(rng.choice([1., 2, np.nan, -0., 0.], n), rng.choice([1., 2, np.nan, 0.], n))], dt).reshape(shape)
    words = np.array(["", "a", "b", "ab", "abc", "B", "é", "\u4e2d"][: 6 if dt.kind == "S" else 8])
    return rng.choice(words, shape).astype(dt)


NUM = "? i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8 c8 c16 >i2 >i4 >u8 >f2 >f4 >f8 >c16".split()
TEXT = ["S3", "U3", ">U3"]
REC = [[("a", "<i2"), ("b", "<f4")], [("a", ">i4"), ("b", "S2"), ("c", "<i4", (2,))]]
ALL = NUM + TEXT + REC

for dt in ALL:
    for shape in [(0,), (1,), (20,), (3, 7), (4, 3, 2)]:
        a = items(dt, shape, True)
        for axis in [-1, 0, None][: 2 + len(shape)]:
            case("sort", lambda a: np.sort(a, axis=axis, stable=True), [a], axis=axis)
            case("argsort", lambda a: np.argsort(a, axis=axis, stable=True), [a], axis=axis)
    a = items(dt, (700,))
    case("sort", lambda a: np.sort(a, stable=True), [a], axis=-1)
    case("argsort", lambda a: np.argsort(a, stable=True), [a], axis=-1)
    s, v = np.sort(items(dt, (30,), True)), items(dt, (2, 9), True)
    for side in "left", "right":
        case("searchsorted", lambda s, v: np.searchsorted(s, v, side), [s, v], side=side)
    u = items(dt, (25,), True)
    order = np.argsort(u, stable=True)
    case("searchsorted", lambda s, v, o: np.searchsorted(s, v, sorter=o), [u, v, order], side="left")

for order in ["b", ["b", "a"], "a", "x", ["a", "a"]]:
    a = items(REC[0], (30,), True)
    names = [order] if isinstance(order, str) else order
    case("sort", lambda a: np.sort(a, order=order, stable=True), [a], axis=-1, order=names)
    case("argsort", lambda a: np.argsort(a, order=order, stable=True), [a], axis=-1, order=names)
case("sort", lambda a: np.sort(a, order="a"), [items("i4", (3,))], axis=-1, order=["a"])

for a, axis in [(np.array(3), -1), (np.array(3), None), (np.array(3), 1), (np.arange(3), 1), (np.zeros((2, 0)), 0), (np.zeros((2, 0)), 1)]:
    case("sort", lambda a: np.sort(a, axis=axis, stable=True), [a], axis=axis)
    case("argsort", lambda a: np.argsort(a, axis=axis, stable=True), [a], axis=axis)

for dts in [("i4", "i4"), ("f8", "i1", "U3"), ("S3", "f4"), (">i2", "c8"), ("?", "?", "?")]:
    for shape in [(40,), (3, 15), (0,), (2, 0), ()]:
        for axis in [-1, 0]:
            keys = [items(dt, shape, True) if shape else np.array(1, dt) for dt in dts]
            case("lexsort", lambda *k: np.lexsort(k, axis=axis), keys, axis=axis)
case("lexsort", lambda *k: np.lexsort(k), [], axis=-1)
case("lexsort", lambda *k: np.lexsort(k), [np.arange(2), np.arange(3)], axis=-1)
case("lexsort", lambda *k: np.lexsort(k, axis=3), [np.zeros((2, 2))], axis=3)

pairs = [("i4", "f8"), ("u8", "i8"), ("i1", "u1"), ("f4", "f8"), ("?", "i2"), ("S3", "S2"), ("U3", "S2"), ("f8", "c16")]
for x, y in pairs:
    s = np.sort(items(x, (30,), True))
    case("searchsorted", lambda s, v: np.searchsorted(s, v), [s, items(y, (12,), True)], side="left")
r = np.arange(3)
case("searchsorted", lambda s, v: np.searchsorted(s, v), [np.zeros((2, 2)), r], side="left")
case("searchsorted", lambda s, v: np.searchsorted(s, v), [np.array(1), r], side="left")
case("searchsorted", lambda s, v: np.searchsorted(s, v), [r, np.array(1)], side="left")
for so in [np.array([0, 1]), np.array([0., 1, 2]), np.zeros((1, 3), int), np.array([0, 5, 2]), np.array([-1, 1, 2])]:
    case("searchsorted", lambda s, v, o: np.searchsorted(s, v, sorter=o), [r, r, so], side="left")
case("searchsorted", lambda s, v: np.searchsorted(s, v), [np.array([3, 1, 2, 9, 4, 0]), np.array([2, 5, 1, 7])], side="left")
case("searchsorted", lambda s, v: np.searchsorted(s, v, "right"), [np.array([3, 1, 2, 9, 4, 0]), np.array([2, 5, 1, 7])], side="right")

for dt in ALL:
    for shape in [(0,), (1,), (25,), (4, 6), (3, 2, 4)]:
        a = items(dt, shape, True)
        for eq in True, False:
            case("unique", lambda a: np.unique(a, True, True, True, equal_nan=eq), [a], equal_nan=eq)
        if not isinstance(dt, str) and len(dt) == 3:
            continue  # slices of records with sub-arrays: refused by NumPy in its own way
        for axis in range(len(shape)):
            case("unique", lambda a: np.unique(a, True, True, True, axis=axis), [a], equal_nan=True, axis=axis)
for shape, axis in [((), 0), ((3,), 1), ((0, 3), 0), ((3, 0), 0), ((3, 0), 1), ((2, 0, 2), 2)]:
    case("unique", lambda a: np.unique(a, True, True, True, axis=axis), [np.zeros(shape)], equal_nan=True, axis=axis)
case("unique", lambda a: np.unique(a, True, True, True), [np.array(3)], equal_nan=True)



def plain(a):
    """Without -0 and halves of NaN (and float16 NaN): which of several equal items NumPy's hash table keeps is its secret."""
    if a.dtype.kind in "fc":
        a = (a + 0).astype(a.dtype)
        a[np.isnan(a)] = 1 if a.dtype.char == "e" else np.nan
        if a.dtype.kind == "c":
            a.imag[np.isnan(a)] = np.nan
            a.imag += 0
    return a


ops = {"union1d": np.union1d, "intersect1d": np.intersect1d, "setdiff1d": np.setdiff1d, "setxor1d": np.setxor1d,
       "isin": np.isin, "isin_not": lambda a, b: np.isin(a, b, invert=True),
       "intersect1d_indices": lambda a, b: np.intersect1d(a, b, return_indices=True)}
for name, f in ops.items():
    for x, y in pairs + [(d, d) for d in NUM + TEXT]:
        if (x, y) == ("U3", "S2") and (name.startswith("isin") or name == "setdiff1d"):
            continue  # equal to NumPy or not by the number of items
        for p, q in [((20,), (12,)), ((3, 4), (2, 5)), ((0,), (4,)), ((5,), (0,))]:
            case(name, f, [plain(items(x, p, True)), plain(items(y, q, True))])

text = "[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n"
with open(os.path.join(os.path.dirname(__file__), "sorting.json.gz"), "wb") as out:
    out.write(gzip.compress(text.encode(), 9, mtime=0))
