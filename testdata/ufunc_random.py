"""Writes ufunc_random.jsonl: random calls of ufuncs, with NumPy's answers.

    python testdata/ufunc_random.py 1 800 > testdata/ufunc_random.jsonl      (NumPy 2.4)

Operands come from the generator of reduce.py (func noise in reduce_test.go), in
random dtypes and layouts; a call may have out=, where=, dtype=, casting= and
Python numbers. The answer is dtype, shape, strides and bits, or class and text
of the error.
"""
import json
import math
import random
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")
seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
R = random.Random(seed)


def noise(n):
    out, x = np.empty(n), 42
    for i in range(n):
        x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
        out[i] = math.ldexp(((x >> 11) - 2**52) / 2**52, (x >> 58) % 24 - 12)
    return out


POOL = noise(60000)
DTYPES = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", ">i2", ">u4", ">i8", ">f4", ">f8", ">c8"]
BINARY = """add subtract multiply floor_divide remainder fmod maximum minimum fmax fmin equal not_equal less
less_equal greater greater_equal logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor left_shift
right_shift copysign divide""".split()
UNARY = "negative positive absolute sign square rint floor ceil trunc isnan isfinite signbit logical_not invert conjugate".split()


def operand(shape, dtypes=DTYPES):
    """An array whose view has the given shape, and how it was made."""
    dt = R.choice(dtypes)
    steps = [R.choice([1, 1, 1, 2, -1, -2]) for _ in shape]
    perm = list(range(len(shape)))
    if R.random() < 0.4:
        R.shuffle(perm)
    base = [0] * len(shape)
    for i, p in enumerate(perm):
        base[p] = shape[i] * abs(steps[p])
    start = R.randrange(200)
    n = math.prod(base)
    a = POOL[start:start + n].reshape(base)
    if np.dtype(dt).kind in "iu":
        a = np.asarray(a * 16)
    fortran = R.random() < 0.2
    a = np.array(a.astype(dt), order="F" if fortran else "C")
    a = a[tuple(slice(None, None, s) for s in steps) + (...,)].transpose(perm)
    return a, {"DType": dt, "Start": start, "Base": base, "Steps": steps, "Perm": perm, "Fortran": fortran}


def shapes(n):
    full = [R.choice([1, 2, 3, 4]) for _ in range(R.choice([0, 1, 1, 2, 2, 3]))]
    if R.random() < 0.04 and full:
        full[R.randrange(len(full))] = 0
    if R.random() < 0.02 and full:
        full[-1] = 600
    out = []
    for _ in range(n):
        s = [1 if R.random() < 0.15 else d for d in full]
        if R.random() < 0.2:
            s = s[R.randrange(len(s) + 1):]
        if R.random() < 0.02 and s:
            s[-1] += 1
        out.append(s)
    return full, out


def bits(r):
    c = np.ascontiguousarray(r).reshape(-1)
    w = c.itemsize // (2 if c.dtype.kind == "c" else 1)
    c = c.astype(c.dtype.newbyteorder("="))
    if c.dtype.kind in "fc":  # NaN's sign and payload are the machine's
        parts = c.view(f"f{w}")
        return [0 if math.isnan(x) else b for x, b in zip(parts.tolist(), c.view(f"u{w}").tolist())]
    return c.view(f"u{w}").astype("u8").tolist()


for _ in range(count):
    name = R.choice(BINARY if R.random() < 0.8 else UNARY)
    f = getattr(np, name)
    full, ss = shapes(f.nin)
    args, specs = [], []
    for s in ss:
        if f.nin == 2 and R.random() < 0.12 and not any("Py" in x for x in specs):
            x = R.choice([True, 3, -2, 200, 70000, 0, 2.5, 1e300, -0.5, 1 + 2j])
            args.append(x)
            specs.append({"Py": repr(x)})
        else:
            a, spec = operand(s)
            args.append(a)
            specs.append(spec)
    kw, opts = {}, {}
    if R.random() < 0.3:
        s = list(full)
        if R.random() < 0.05:
            s = s[1:]
        a, opts["Out"] = operand(s)
        kw["out"] = a
    if R.random() < 0.2 and "out" in kw:
        a, opts["Where"] = operand(R.choice(ss), ["?"])
        kw["where"] = a
    if R.random() < 0.1:
        kw["dtype"] = opts["To"] = R.choice(DTYPES[:14])
    if R.random() < 0.15:
        kw["casting"] = opts["Casting"] = R.choice(["no", "equiv", "safe", "same_kind", "unsafe"])
    if R.random() < 0.1:
        kw["order"] = opts["Order"] = R.choice("CFAK")
    try:
        r = np.asarray(f(*args, **kw))
        answer = {"Out": r.dtype.str, "Shape": list(r.shape), "Strides": list(r.strides), "Bits": bits(r)}
    except Exception as e:
        cls = type(e).__name__.replace("_UFuncBinaryResolutionError", "UFuncTypeError").replace("_UFuncNoLoopError", "UFuncTypeError")
        answer = {"Error": cls.replace("_UFuncInputCastingError", "UFuncTypeError").replace("_UFuncOutputCastingError", "UFuncTypeError"), "Text": str(e)}
    print(json.dumps({"Op": name, "In": specs, "Opts": opts, "Want": answer}, separators=(",", ":")))
