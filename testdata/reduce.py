"""Writes reduce.jsonl: what NumPy answers to reductions, bit for bit.

    python testdata/reduce.py > testdata/reduce.jsonl      (NumPy 2.4)

The operands are made by the same rule in reduce_test.go (func noise).
"""
import json
import math
import warnings

import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")


def noise(n):
    out, x = np.empty(n), 42
    for i in range(n):
        x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
        out[i] = math.ldexp(((x >> 11) - 2**52) / 2**52, (x >> 58) % 24 - 12)
    return out


POOL = noise(120000)


def case(op, dtype, shape, axis=None, cut=None, to="", perm=None, flip=False, fortran=False, keep=False):
    n = math.prod(shape)
    a = POOL[:n].reshape(shape)
    dt = np.dtype(dtype)
    if dt.kind in "iu":
        a = a * 16
    a = a.astype(dt, order="F" if fortran else "C")
    cut = cut or list(shape)
    idx = [slice(0, c) for c in cut]
    if flip:
        idx[-1] = slice(cut[-1] - 1, None, -1)
    a = a[tuple(idx)]
    if perm:
        a = a.transpose(perm)
    kw = {} if axis is None else {"axis": tuple(axis) if op != "cumsum" else axis[0]}
    if to:
        kw["dtype"] = to
    if keep:
        kw["keepdims"] = True
    r = np.asarray(getattr(np, op)(a, **kw))
    c = np.ascontiguousarray(r).reshape(-1)
    w = c.itemsize // (2 if c.dtype.kind == "c" else 1)
    bits = c.view(f"u{w}").astype("u8").tolist()
    print(json.dumps({"Op": op, "DType": dtype, "To": to, "Shape": shape, "Cut": cut, "Perm": perm or [],
                      "Axis": axis or [], "AxisNone": axis is None, "Flip": flip, "Fortran": fortran, "Keep": keep,
                      "Out": c.dtype.str, "OutShape": list(r.shape), "Bits": bits}, separators=(",", ":")))


for n in (0, 1, 7, 8, 9, 15, 16, 127, 128, 129, 136, 255, 257, 1000, 8191, 8192, 8193, 10000, 20000):
    for dt in ("f8", "f4", "f2", "c16", "c8", ">f8", "i2"):
        case("sum", dt, [n])
    case("sum", "f8", [2 * n or 2], cut=[n])
    case("sum", "f8", [n], flip=n > 0)
    case("sum", "f4", [n], to="f8")
    case("sum", "f8", [n], to="f4")
    if n:
        for dt in ("f8", "f4", "f2", "i4", "u1", "?"):
            case("mean", dt, [n])
            case("var", dt, [n])
            case("max", dt, [n])
            case("any", dt, [n])
        for dt in ("c16", "c8", ">f4"):
            case("var", dt, [n])
            case("std", dt, [n])
            case("mean", dt, [n])
for n in (9, 130):
    for dt in ("f8", "f4", "i4", "c16", "f2"):
        case("prod", dt, [n])
        case("cumsum", dt, [n])
        case("min", dt, [n])
shapes = [
    ([100, 60], [100, 50]), ([1000, 60], [1000, 50]), ([3, 12000], [3, 10000]), ([1000, 12], [1000, 10]),
    ([500, 30], [500, 25]), ([5000, 8], [5000, 7]), ([40, 1100], [40, 1000]), ([9000, 3], [9000, 1]), ([3, 9000], [3, 9000]),
]
for shape, cut in shapes:
    for dt in ("f8", "f4", ">f8", "f2", "c8"):
        case("sum", dt, shape, cut=cut)
        case("sum", dt, shape, cut=cut, fortran=True)
    case("sum", "f4", shape, cut=cut, to="f8")
    case("sum", "f8", shape, cut=cut, flip=True)
    if min(cut) <= 100:
        for ax in (0, 1):
            if cut[1 - ax] <= 60:
                case("sum", "f8", shape, [ax], cut)
                case("sum", "f4", shape, [ax], cut, to="f8")
                case("sum", "f4", shape, [ax], cut, fortran=True)
                case("mean", "f4", shape, [ax], cut, keep=True)
                case("var", "f8", shape, [ax], cut)
for shape, cut in (([10, 100, 60], [10, 100, 50]), ([10, 110, 50], [10, 100, 50]), ([10, 110, 60], [10, 100, 50]),
                   ([40, 24, 60], [40, 20, 50]), ([5, 12, 1100], [5, 10, 1000]), ([4, 400, 60], [4, 400, 50]),
                   ([40, 10, 6], [40, 10, 5]), ([10, 4, 900], [10, 4, 900]), ([3, 4, 9000], [3, 4, 9000])):
    for dt in ("f8", "f4"):
        for to in ("", "f8"):
            case("sum", dt, shape, cut=cut, to=to)
            case("sum", dt, shape, cut=cut, to=to, perm=[2, 0, 1])
            case("sum", dt, shape, cut=cut, to=to, flip=True)
            for ax in ([0, 1], [1, 2], [0, 2], [0], [1], [2]):
                left = math.prod(d for i, d in enumerate(cut) if i not in ax)
                if left <= 60:
                    case("sum", dt, shape, ax, cut, to=to)
                    case("sum", dt, shape, ax, cut, to=to, fortran=True)
for dt in ("?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16"):
    for op in ("sum", "prod", "max", "min", "mean", "var", "std", "any", "cumsum"):
        case(op, dt, [3, 4], [0])
        case(op, dt, [3, 4], [1])
