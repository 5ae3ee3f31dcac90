"""Makes golden.json.gz: NumPy's answers for every operation, signature and cast.

Run with NumPy 2.4 on x86-64 (with FMA):  python golden.py
Items are written as hex of their little-endian bytes. Each answer comes from a
call on one item, since some of NumPy's vector loops differ from its scalar
ones in what C leaves undefined.
"""
import gzip
import json
import os
import warnings

import numpy as np

warnings.simplefilter("ignore")
KINDS = "?bBhHiIlLefdFD"
NAMES = """absolute add arccos arccosh arcsin arcsinh arctan arctan2 arctanh bitwise_and bitwise_count
bitwise_or bitwise_xor cbrt ceil clip conjugate copysign cos cosh deg2rad degrees divide divmod equal exp
exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside
hypot invert isfinite isinf isnan lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp
logaddexp2 logical_and logical_not logical_or logical_xor maximum minimum modf multiply negative nextafter
not_equal positive power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh
spacing sqrt square subtract tan tanh trunc""".split()


def ufunc(name):
    return getattr(np, name) if name != "clip" else np._core.umath.clip


def types(u):
    """The signatures of a ufunc in order, long long and duplicates left out."""
    out = []
    for t in u.types:
        t = t.replace("q", "l").replace("Q", "L")
        if not set(t) & set("OMmgG") and t not in out:
            out.append(t)
    return out


rng = np.random.default_rng(20240)


def edge(k):
    if k == "?":
        return np.array([False, True])
    if k in "bBhHiIlL":
        i = np.iinfo(k)
        v = [0, 1, 2, 3, 5, 7, 8, 31, 64, 100, i.max, i.max - 1, i.min, i.min + 1]
        return np.array(v + ([-1, -2, -3, -7, -8, -100] if i.min else [i.max // 2]), dtype=k)
    if k in "efd":
        f = np.finfo(k)
        v = [0, -0.0, 1, -1, np.inf, -np.inf, np.nan, f.max, -f.max, f.tiny, -f.tiny, f.smallest_subnormal,
             -f.smallest_subnormal, 0.5, -0.5, 1.5, 2, -2, 3, -3, 2.5, 0.1, -0.7, 7, 1 + float(f.eps), 100, -20.25]
        return np.array(v, dtype=k)
    part = [0, -0.0, 1, -1.5, np.inf, -np.inf, np.nan, 0.25, 3]
    z = np.empty((len(part), len(part)), k)
    z.real = np.array(part)[:, None]
    z.imag = np.array(part)
    return z.ravel()


def unary_inputs(k):
    if k in "efd":
        x = np.concatenate([rng.standard_normal(60) * s for s in (0.01, 1, 30)] + [rng.random(40) + 1])
        return np.concatenate([edge(k), x.astype(k)])
    if k in "FD":
        x = rng.standard_normal((80, 2)) * np.array([0.1, 1, 10, 1])[np.arange(80) % 4, None]
        z = (x[:, 0] + 1j * x[:, 1]).astype(k)
        return np.concatenate([edge(k), z])
    return edge(k)


def binary_inputs(k):
    e = edge(k)
    if k in "FD":
        e = np.concatenate([e[[0, 1, 2, 3, 4, 9, 10, 18, 19, 20, 21, 22, 27, 29, 30, 36, 40, 54, 57, 62, 63, 74]],
                            (rng.standard_normal(6) + 1j * rng.standard_normal(6)).astype(k)])
    return e


def le(a):
    a = np.ascontiguousarray(a)
    return a.astype(a.dtype.newbyteorder("<")).tobytes().hex()


def apply(u, sig, ins):
    """u on one item at a time."""
    outs = [np.empty(len(ins[0]), t) for t in sig.split("->")[1]]
    for i in range(len(ins[0])):
        r = u(*[x[i:i + 1] for x in ins])
        for o, v in zip(outs, r if isinstance(r, tuple) else (r,)):
            o[i] = v[0]
    return outs


def main():
    unary = {k: unary_inputs(k) for k in KINDS}
    pairs = {k: binary_inputs(k) for k in KINDS}
    doc = {"unary": {k: le(v) for k, v in unary.items()}, "pairs": {k: le(v) for k, v in pairs.items()},
           "types": {}, "calls": [], "casts": [], "folds": []}
    for name in NAMES:
        u = ufunc(name)
        doc["types"][name] = types(u)
        for sig in types(u):
            ins = sig.split("->")[0]
            if len(ins) == 1:
                args = [unary[ins]]
            elif len(ins) == 2:
                a, b = pairs[ins[0]], pairs[ins[1]]
                if name == "power" and ins[1] in "bhil":
                    b = np.where(b < 0, 7, b).astype(b.dtype)
                args = [np.repeat(a, len(b)), np.tile(b, len(a))]
            else:
                p = pairs[ins[0]][:12]
                n = len(p)
                args = [np.repeat(p, n * n), np.tile(np.repeat(p, n), n), np.tile(p, n * n)]
            doc["calls"].append({"op": name, "sig": sig, "in": [le(a) for a in args] if len(ins) > 1 and name == "power" and ins[1] in "bhil" else None,
                                 "out": [le(o) for o in apply(u, sig, args)]})
    for a in KINDS:
        x = unary[a]
        if a in "efd":
            far = [127.9, 128, 200, 255, 256, 300, -129, -300, 32768, 40000, -40000, 65519, 65520, 65536, 70000, 2147483647, 2147483648,
                   3e9, 4294967295.9, 4294967296, 5e9, -2147483649, -3e9, -5e9, 9.3e18, 2.0**63, 1.5e19, 2.0**64,
                   2e19, 1e30, -9.3e18, -1e30, 2**52 + 7., 2**40 + 300., 1 + 2**-11 + 2**-30]
            x = np.concatenate([x, np.array(far).astype(a)])
        elif a in "lL":
            x = np.concatenate([x, np.array([2**24 + 1, 2**53 + 1, 2**54 + 3, 2**60 + 2**36 + 1, 2**60 + 3 * 2**36, 70000, 65520, 2049], a)])
        for b in KINDS:
            doc["casts"].append({"from": a, "to": b, "in": le(x),
                                 "out": le(np.concatenate([x[i:i + 1].astype(b) for i in range(len(x))]))})
    for k in KINDS:
        for n in (0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, 128, 129, 136, 137, 255, 300, 1000, 1031):
            if k in "FD":
                x = (rng.standard_normal(n) + 1j * rng.standard_normal(n)).astype(k)
            elif k in "efd":
                x = (rng.standard_normal(n) * 10.0 ** rng.integers(-3, 4, n)).astype(k)
            elif k == "?":
                x = rng.integers(0, 2, n).astype(k)
            else:
                x = rng.integers(np.iinfo(k).min, np.iinfo(k).max, n, dtype=k, endpoint=True)
            out = {}
            for name in ("add", "multiply", "maximum", "minimum", "fmax", "fmin", "logical_and", "logical_or",
                         "logical_xor", "bitwise_and", "bitwise_or", "bitwise_xor"):
                if n == 0 and name in ("maximum", "minimum", "fmax", "fmin") or name == "multiply" and k in "efdFD" and n > 300:
                    continue
                kk = "?" if name.startswith("logical") else k
                if kk + kk + "->" + kk in types(ufunc(name)):
                    out[name] = le(ufunc(name).reduce(x, dtype=kk if kk == k else None))
            runs = {}
            if n in (1, 3, 17, 65):
                for name in ("add", "multiply", "maximum", "minimum"):
                    if 2 * k + "->" + k in types(ufunc(name)):
                        runs[name] = le(ufunc(name).accumulate(x, dtype=k))
            if n:
                out["argmax"] = int(x.argmax())
                out["argmin"] = int(x.argmin())
            out["count"] = int(np.count_nonzero(x))
            doc["folds"].append({"kind": k, "in": le(x), "out": out, "runs": runs})
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json.gz")
    with open(path, "wb") as f, gzip.GzipFile("", "wb", 9, f, mtime=0) as z:
        z.write(json.dumps(doc, separators=(",", ":")).encode())
    print(os.path.getsize(path), "bytes")


main()
