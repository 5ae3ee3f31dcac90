"""Golden answers for statistics, bins and differences, made by NumPy: writes statistics.json.gz.

The form is that of sorting.py.
"""
import gzip, json, os, warnings
import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")
rng = np.random.default_rng(11)
cases = []


def enc(a):
    a = np.asarray(a)
    return {"descr": a.dtype.str, "shape": list(a.shape), "data": a.tobytes().hex()}


def case(op, f, inputs, **opts):
    c = {"op": op, "in": [enc(x) for x in inputs], "opts": opts}
    try:
        r = f(*inputs)
        c["out"] = [enc(x) for x in (r if isinstance(r, tuple) else (r,))]
    except Exception as e:
        c["error"] = str(e)
    cases.append(c)


def items(dt, shape, nan=.1):
    dt = np.dtype(dt)
    if dt.kind == "b":
        return rng.integers(0, 2, shape).astype(dt)
    if dt.kind in "iu":
        return rng.integers(0 if dt.kind == "u" else -9, 30, shape).astype(dt)
    a = np.round(rng.standard_normal(shape) * 3, 2)
    a[rng.random(shape) < nan] = np.nan
    if dt.kind == "c":
        return (a + 1j * items("f8", shape, nan)).astype(dt)
    return a.astype(dt)


REAL = "i1 u1 i4 i8 u8 f2 f4 f8 >i4 >f8".split()
SHAPES = [(1,), (7,), (8,), (3, 5), (2, 4, 3)]
AX = {1: [None, 0], 2: [None, 0, -1], 3: [None, 1, [0, 2], [0, 1, 2]]}


def ax(a):
    return tuple(a) if isinstance(a, list) else a


for dt in REAL + ["?", "c16", "c8"]:
    for shape in SHAPES:
        for axis in AX[len(shape)]:
            for nan in (0, .1):
                a = items(dt, shape, nan)
                for keep in (False, True):
                    case("median", lambda a: np.median(a, axis=ax(axis), keepdims=keep), [a], axis=axis, keepdims=keep)
                if dt not in ("c8", "c16", "f2"):
                    case("nanmedian", lambda a: np.nanmedian(a, axis=ax(axis)), [a], axis=axis)
for a, axis in [(np.zeros((0,)), None), (np.zeros((2, 0)), 1), (np.zeros((2, 0)), 0), (np.zeros((2, 0)), None), (np.array(3.5), None),
                (np.array(2), None), (np.zeros((2, 3)), 2), (np.zeros((2, 3)), [0, 0]), (np.array([np.inf, -np.inf]), 0), (np.array([np.inf, np.inf]), 0)]:
    case("median", lambda a: np.median(a, axis=ax(axis)), [a], axis=axis)
    case("nanmedian", lambda a: np.nanmedian(a, axis=ax(axis)), [a], axis=axis)

METHODS = ["inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull", "linear",
           "median_unbiased", "normal_unbiased", "lower", "higher", "midpoint", "nearest"]
QS = [np.array([0, .1, .25, 1 / 3, .5, .75, .9, 1]), np.array(.4), np.array([[.2, .5], [.7, 1]]), np.array([.3, .8], "f4"), np.array([0, 1])]
for m in METHODS + ["bogus"]:
    for dt in REAL:
        for shape, axis in [((9,), None), ((4, 6), 0), ((2, 4, 3), [0, 2])]:
            for q in QS if dt in ("i4", "f8") and shape == (9,) else [QS[0], QS[3]]:
                for nan in (0, .05):
                    a = items(dt, shape, nan)
                    case("quantile", lambda a, q: np.quantile(a, q, axis=ax(axis), method=m), [a, q], axis=axis, method=m)
                    if nan and dt not in ("f2",) and m != "bogus":
                        case("nanquantile", lambda a, q: np.nanquantile(a, q, axis=ax(axis), method=m), [a, q], axis=axis, method=m)
for dt in ["i4", "f2", "f4", "f8"]:
    for q in (0, .3, .5, 1, 1.5, -.1):
        a = items(dt, (4, 7), 0)
        for axis in (None, 1):
            case("quantile_number", lambda a: np.quantile(a, q, axis=axis), [a], q=float(q) if q else 0.0, axis=axis)
            case("percentile_number", lambda a: np.percentile(a, float(q * 100), axis=axis, keepdims=True), [a], q=float(q * 100), axis=axis)
for a, q in [(np.zeros(0), .5), (np.array([1j, 2]), .5), (np.array([True, False]), .5), (np.array([1., np.inf]), np.array([0, .5, 1])), (np.arange(3), np.nan)]:
    case("quantile", lambda a, q: np.quantile(a, q), [a, np.asarray(q)], axis=None, method="linear")
    case("nanquantile", lambda a, q: np.nanquantile(a, q), [a, np.asarray(q)], axis=None, method="linear")

for dt in ["i4", "f8", "f4"]:
    for shape, axis, ws in [((9,), None, (9,)), ((3, 7), 1, (7,)), ((3, 7), 0, (3, 7)), ((2, 4, 3), [2, 0], (3, 2)), ((3, 7), None, (7,)), ((3, 7), 1, (3,))]:
        for q in (np.array([0, .1, .5, .9, 1]), np.array(.4), np.array([.5], "f4")):
            a, w = items(dt, shape, .05), rng.integers(0, 4, ws).astype("f8")
            for m in ("inverted_cdf", "linear"):
                case("quantile_weights", lambda a, q, w: np.quantile(a, q, axis=ax(axis), method=m, weights=w), [a, q, w], axis=axis, method=m)
            if ws == shape:  # NumPy forgets to stretch other weights
                case("nanquantile_weights", lambda a, q, w: np.nanquantile(a, q, axis=ax(axis), method="inverted_cdf", weights=w), [a, q, w], axis=axis, method="inverted_cdf")
for w in ([1, 2, -1], [0, 0, 0], [1, np.nan, 2]):
    case("quantile_weights", lambda a, q, w: np.quantile(a, q, method="inverted_cdf", weights=w), [np.arange(3), np.array(.5), np.array(w)], axis=None, method="inverted_cdf")

for x, b in [("f8", "f8"), ("i4", "f4"), ("f4", "i8"), ("u1", "i1"), ("f8", ">f8")]:
    for right in (False, True):
        bins = np.sort(items(b, (6,), 0))
        for bb in (bins, bins[::-1], bins[:1], bins[:0]):
            case("digitize", lambda x, b: np.digitize(x, b, right=right), [items(x, (3, 8)), bb], right=right)
for x, b in [([1, 2], [1, 3, 2]), ([1j], [1, 2]), ([1, 2], [[1, 2]]), (3, [1, 2]), ([1], 3), ([.5, 1, np.nan], [1, 1]), ([.5, 1], [0, np.nan]), ([.5, 1], [np.nan, 0])]:
    case("digitize", lambda x, b: np.digitize(x, b), [np.array(x), np.array(b)], right=False)

for a in [np.array([0, 1, 1, 5]), np.array([0, 1, 1, 5], ">i2"), np.array([True, False, True]), np.array([], int), np.array([0, -1]), np.array([3, 1], "u8"),
          np.zeros((2, 2), int), np.array(3), np.array([1.5])]:
    for n in (0, 8, -1):
        case("bincount", lambda a: np.bincount(a, minlength=n), [a], minlength=n)
for a, w in [([0, 1, 1, 5], [.5, 1.5, 2.25, -1]), ([0, 1], [3, 4]), ([0, 1], [3]), ([0, 1], [1j, 2]), ([], [])]:
    case("bincount", lambda a, w: np.bincount(a, w), [np.array(a, int), np.array(w)], minlength=0)

for dt in REAL + ["?"]:
    for shape in [(50,), (5, 8), (0,), (1,)]:
        a = items(dt, shape, 0)
        for n in (1, 4, 10):
            case("histogram", lambda a: np.histogram(a, n), [a], bins=n)
            case("histogram", lambda a: np.histogram(a, n, range=(-2., 2.5)), [a], bins=n, range=[-2., 2.5])
            if a.size:
                case("histogram", lambda a: np.histogram(a, n, density=True), [a], bins=n, density=True)
            for wt in ("i4", "f4", "f8", "c16"):
                case("histogram", lambda a, w: np.histogram(a, n, weights=w), [a, items(wt, shape, 0)], bins=n, weights=True)
        for e in (np.array([-2., 0, .5, .5, 3, 9]), np.array([0, 1, 2, 3]), np.array([1.]), np.array([])):
            case("histogram_edges", lambda a, e: np.histogram(a, e), [a, e])
            case("histogram_edges", lambda a, e, w: np.histogram(a, e, weights=w), [a, e, items("f8", shape, 0)], weights=True)
big = rng.standard_normal(140000)
for bad in [lambda a: np.histogram(a, 0), lambda a: np.histogram(a, -3)]:
    case("histogram", bad, [np.arange(3)], bins=0)
case("histogram", lambda a: np.histogram(a, 3, range=(3., 1.)), [np.arange(3)], bins=3, range=[3., 1.])
case("histogram", lambda a: np.histogram(a, 3), [np.array([1, np.nan])], bins=3)
case("histogram", lambda a: np.histogram(a, 3), [np.array([1, np.inf])], bins=3)
case("histogram_edges", lambda a, e: np.histogram(a, e), [np.arange(3), np.array([2, 1])])
case("histogram_edges", lambda a, e: np.histogram(a, e), [np.arange(3), np.zeros((2, 2))])
case("histogram", lambda a, w: np.histogram(a, 3, weights=w), [np.arange(3), np.arange(2)], bins=3, weights=True)
case("histogram_big", lambda: np.histogram(np.arange(140000.) % 1000, 7, weights=(np.arange(140000.) % 13) / 7), [])
case("histogram_big_edges", lambda: np.histogram(np.arange(140000.), np.array([0., 1e3, 7e4, 1e5]), weights=(np.arange(140000.) % 13) / 7), [])

for dt in REAL + ["?", "c16"]:
    for shape in [(6,), (3, 4), (1,), (0,), (2, 0)]:
        for n in (0, 1, 2, 3):
            for axis in range(-1, len(shape) - 1):
                case("diff", lambda a: np.diff(a, n, axis=axis), [items(dt, shape, 0)], n=n, axis=axis)
    case("diff_around", lambda a, p, q: np.diff(a, 1, -1, p, q), [items(dt, (3, 4), 0), items(dt, (3, 2), 0), np.array(1)], n=1, axis=-1)
    case("ediff1d", lambda a: np.ediff1d(a), [items(dt, (3, 4), 0)])
    case("ediff1d", lambda a, b, e: np.ediff1d(a, e, b), [items(dt, (5,), 0), np.array([1], "i1"), np.array([[1, 2], [3, 4]], "i1")])
    case("ediff1d", lambda a, b, e: np.ediff1d(a, e, b), [items(dt, (0,), 0), np.array([1.5]), np.array([2.5])])
    for shape, axis in [((6,), -1), ((3, 4), 0), ((3, 4), -1), ((1,), -1)]:
        y = items(dt, shape, 0)
        case("trapezoid", lambda y: np.trapezoid(y, axis=axis), [y], axis=axis)
        case("trapezoid", lambda y, d: np.trapezoid(y, dx=d, axis=axis), [y, np.array(.5)], axis=axis)
        case("trapezoid", lambda y, x: np.trapezoid(y, x, axis=axis), [y, np.sort(items("f8", (shape[axis],), 0))], axis=axis)
        case("trapezoid", lambda y, x: np.trapezoid(y, x, axis=axis), [y, items("f8", shape, 0)] if len(shape) > 1 else [y, items("f8", shape, 0)], axis=axis)
    for shape in [(5,), (2, 3), ()]:
        a = items(dt, shape, 0) if shape else np.array(3, dt)
        for axis in (None, 0, 1):
            for init in (False, True):
                case("cumulative_sum", lambda a: np.cumulative_sum(a, axis=axis, include_initial=init), [a], init=init, **({} if axis is None else {"axis": axis}))
                case("cumulative_prod", lambda a: np.cumulative_prod(a, axis=axis, include_initial=init), [a], init=init, **({} if axis is None else {"axis": axis}))
case("diff", lambda a: np.diff(a, -1), [np.arange(3)], n=-1, axis=-1)
case("diff", lambda a: np.diff(a), [np.array(3)], n=1, axis=-1)
case("diff", lambda a: np.diff(a, axis=4), [np.arange(3)], n=1, axis=4)

for dt in REAL + ["c16", "c8"]:
    for shape in [(6,), (4, 5), (3, 3, 4), (1,), (2,)]:
        for edge in (1, 2):
            f = items(dt, shape, 0)
            g = lambda r: tuple(r) if isinstance(r, tuple) else r
            case("gradient", lambda f: g(np.gradient(f, edge_order=edge)), [f], edge=edge)
            case("gradient", lambda f, d: g(np.gradient(f, d, edge_order=edge)), [f, np.array(.25)], edge=edge)
            case("gradient", lambda f, *d: g(np.gradient(f, *d, edge_order=edge)), [f] + [np.cumsum(rng.random(n) + .1) for n in shape], edge=edge)
            case("gradient", lambda f, x: np.gradient(f, x, axis=-1, edge_order=edge), [f, np.arange(shape[-1]) ** 2], edge=edge, axis=-1)
            case("gradient", lambda f, x: np.gradient(f, x, axis=-1, edge_order=edge), [f, np.arange(shape[-1]) * 2], edge=edge, axis=-1)
f = np.zeros((3, 4))
case("gradient", lambda f, *d: np.gradient(f, *d), [f, f[0], f[0], f[0]], edge=1)
case("gradient", lambda f, *d: np.gradient(f, *d), [f, np.arange(4), np.arange(4)], edge=1)
case("gradient", lambda f, *d: np.gradient(f, *d), [f, f, f], edge=1)
case("gradient", lambda f: np.gradient(f, edge_order=3), [f], edge=3)
case("gradient", lambda f: np.gradient(f, axis=3), [f], edge=1, axis=3)

for xd, pd, fd in [("f8", "f8", "f8"), ("i4", "i4", "f4"), ("f4", "f8", "i2"), ("f8", "f8", "c16"), (">f8", ">i4", ">f8")]:
    for shape, n in [((20,), 6), ((3, 5), 6), ((), 4), ((5,), 1), ((3,), 30)]:
        x = np.asarray(items(xd, shape)) if shape else np.array(1.5).astype(xd)
        xp, fp = np.sort(items(pd, (n,), 0)), items(fd, (n,), 0)
        case("interp", lambda x, xp, fp: np.interp(x, xp, fp), [x, xp, fp])
        case("interp", lambda x, xp, fp: np.interp(x, xp, fp, -1.5, 7), [x, xp, fp], left=-1.5, right=7.)
        xp = np.arange(n).astype(pd) * 13  # no two are equal modulo the period
        case("interp", lambda x, xp, fp: np.interp(x, xp, fp, period=40.5), [x, xp[::-1], fp], period=40.5)
x, y = np.array([.5, 1.5, 2.5]), np.array([0., 1, 2, 3])
for fp in [np.array([1, np.inf, np.inf, 2]), np.array([np.nan, 1, 2, np.inf]), np.array([1., 2]), np.zeros((2, 2))]:
    case("interp", lambda x, xp, fp: np.interp(x, xp, fp), [x, y, fp])
case("interp", lambda x, xp, fp: np.interp(x, xp, fp), [x, y[:0], y[:0]])
case("interp", lambda x, xp, fp: np.interp(x, xp, fp, period=0), [x, y, y], period=0.)

for dt in ["i4", "f4", "f8", "c16", ">f8", "?"]:
    for shape, rows in [((3, 7), True), ((7, 3), False), ((6,), True), ((1, 5), True), ((0, 4), True)]:
        m = items(dt, shape, 0)
        for ddof in (None, 0, 2):
            case("cov", lambda m: np.cov(m, rowvar=rows, ddof=ddof), [m], rowvar=rows, **({} if ddof is None else {"ddof": ddof}))
        if shape[0] > 1 and dt != "?":
            case("corrcoef", lambda m: np.corrcoef(m, rowvar=rows), [m], rowvar=rows)
            case("cov", lambda m, y: np.cov(m, y, rowvar=rows), [m, items("f8", shape, 0)], rowvar=rows)
case("cov", lambda m: np.cov(m), [np.zeros((2, 2, 2))], rowvar=True)
case("cov", lambda m, y: np.cov(m, y), [np.zeros(2), np.zeros((2, 2, 2))], rowvar=True)
case("corrcoef", lambda m: np.corrcoef(m), [np.array([1., 2, 4])], rowvar=True)

text = "[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n"
with open(os.path.join(os.path.dirname(__file__), "statistics.json.gz"), "wb") as out:
    out.write(gzip.compress(text.encode(), 9, mtime=0))
print(len(cases), "cases")
