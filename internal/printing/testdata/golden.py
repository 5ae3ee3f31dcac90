"""Makes the cases that hold package printing against NumPy 2.

    python golden.py > golden.json           the committed cases
    python golden.py --live SEED COUNT       fresh cases from a seed, for the live test

One JSON object a line: first {"numpy": version}, then numbers

    {"n": "p" | "s", "w": 16 | 32 | 64, "x": bits in hex, "a": arguments that are not the default, "r": text}

and arrays

    {"d": dtype (see dtype_json), "s": shape, "b": base64 of the items in C order | "g": range,
     "o": print options, "repr": …, perhaps "str": …, "item": [str, repr] of a 0-d array's item,
     "sep": [separator, prefix, suffix], "a2s": text}
"""
import base64
import json
import random
import struct
import sys

import numpy as np

rng = random.Random()
WIDTH = {16: (np.float16, "<e", "<H"), 32: (np.float32, "<f", "<I"), 64: (np.float64, "<d", "<Q")}


def any_float(w):
    """A number of the width, of one of several characters."""
    kind = rng.randrange(11)
    bits = rng.getrandbits(w)
    if kind == 0:
        x = struct.unpack(WIDTH[w][1], struct.pack(WIDTH[w][2], bits))[0]
    elif kind == 1:
        x = rng.uniform(-1, 1) * 10.0 ** rng.randint(-7, 9)
    elif kind == 2:
        x = float(rng.randint(-1000, 1000))
    elif kind == 3:
        x = round(rng.uniform(-100, 100), rng.randint(0, 6))
    elif kind == 4:
        x = rng.choice([0.0, -0.0, 1.0, -1.0, 0.5, 1e-4, 9.9999e-5, 1e8, 99999999.5, 999.5, 1e16, 1e6, 1e23, 5e-324])
    elif kind == 5:
        x = 2.0 ** rng.randint(-24, 15) if w == 16 else 2.0 ** rng.randint(-149, 127) if w == 32 else 2.0 ** rng.randint(-1074, 1023)
    elif kind == 6:
        x = rng.gauss(0, 1)
    elif kind == 7:
        x = 10.0 ** rng.randint(-10, 10)
    elif kind == 8:
        x = rng.randint(-99, 99) / 8
    elif kind == 9:
        x = (10 ** rng.randint(1, 9) - 10.0 ** -rng.randint(0, 7)) * rng.choice([1, -1, 1e-8])
    else:
        x = rng.uniform(0, 1)
    with np.errstate(all="ignore"):
        return WIDTH[w][0](x)


def hex_of(x, w):
    return "%x" % struct.unpack(WIDTH[w][2], x.astype(x.dtype.newbyteorder("<")).tobytes())[0]


def opt(hi, chance=0.5):
    return rng.randint(0, hi) if rng.random() < chance else None


def number_case():
    w = rng.choice([16, 32, 64, 64])
    x = any_float(w)
    if rng.random() < 0.02:
        x = WIDTH[w][0](rng.choice([np.nan, np.inf, -np.inf]))
    unique = rng.random() < 0.7
    precision = opt(20 if rng.random() < 0.3 else 9) if unique else rng.randint(0, 25)
    low = opt(20 if rng.random() < 0.3 else 9, 0.3)
    if precision and low and low > precision:
        precision, low = low, precision
    args = dict(precision=precision, unique=unique, trim=rng.choice("k.0-"), sign=rng.random() < 0.3,
                pad_left=opt(8, 0.3), min_digits=low)
    if rng.random() < 0.5:
        args["fractional"] = rng.random() < 0.6
        args["pad_right"] = opt(8, 0.3)
        if not args["fractional"] and precision == 0:
            args["precision"] = 1
            if low and low > 1:
                args["min_digits"] = None
        return {"n": "p", "w": w, "x": hex_of(x, w), "a": args, "r": np.format_float_positional(x, **args)}
    args["exp_digits"] = opt(6, 0.3)
    return {"n": "s", "w": w, "x": hex_of(x, w), "a": args, "r": np.format_float_scientific(x, **args)}


TEXT = ["", "a", "it's", 'say "x"', "both '\"", "tab\t", "nl\n", "back\\slash", "é", "日本", "\x00in", "\x7f", "\x85",
        "\xa0", "\xad", "\u2028", "\U0001f600", "\U000e0001", "\ud800", "\u0378x", "plain text", "\x1b[0m", "x" * 9]
OCTETS = [b"", b"a", b"it's", b'say "x"', b"both '\"", b"\t\n\r", b"\\", b"\xff\x7f", b"a\x00b", b"\x00", b"plain", b"x" * 9]
PLAIN = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", "S3", "U3", "V3"]


def any_dtype(depth=0):
    k = rng.random()
    if k < 0.55 or depth > 2:
        t = rng.choice(PLAIN + ["f8", "f8", "f4", "i8", "c16"])
        return np.dtype(rng.choice("<<<>") + t if t[0] not in "?SV" and t[1] != "1" else t)
    if k < 0.7:
        return np.dtype(rng.choice(["S", "U", "V"]) + str(rng.randint(1, 9)))
    if k > 0.85 or depth > 0:
        n = rng.choice([0, 1, 1, 2, 2, 3, 4])
        fields = []
        for i in range(n):
            d = any_dtype(depth + 1)
            name = rng.choice(["a", "b", "name", "x y", "é", "it's"]) + str(i)
            if rng.random() < 0.25:
                fields.append((name, d, tuple(rng.randint(0 if rng.random() < 0.05 else 1, 3) for _ in range(rng.randint(1, 2)))))
            else:
                fields.append((name, d))
        return np.dtype(fields, align=rng.random() < 0.15)
    return np.dtype(rng.choice("<>") + rng.choice(["f8", "f4", "f2", "c8", "c16"]))


def fill(a, d):
    """Items for dtype d, each column of one character."""
    if d.names is not None:
        for n in d.names:
            fill(a[n], d[n].base)
        return
    flat = np.empty(a.size, d)
    if d.kind == "b":
        flat[:] = [rng.random() < 0.5 for _ in range(a.size)]
    elif d.kind in "iu":
        info = np.iinfo(d)
        lo, hi = rng.choice([(0, 9), (-9, 9), (0, 1000), (-5, -1), (info.min, info.max)])
        lo, hi = max(lo, info.min), max(min(hi, info.max), info.min)
        flat[:] = [rng.randint(lo, hi) for _ in range(a.size)]
    elif d.kind in "fc":
        w = d.itemsize * (8 if d.kind == "f" else 4)
        parts = []
        for _ in range(1 if d.kind == "f" else 2):
            mode = rng.randrange(8)
            scale = 10.0 ** rng.randint(-6, 9)
            odd = rng.choice([0, 0, 0, 0.2, 0.5, 1]) if rng.random() < 0.4 else 0
            odds = rng.choice([[np.nan], [np.inf], [-np.inf], [np.nan, np.inf], [np.nan, np.inf, -np.inf]])
            col = []
            for _ in range(a.size):
                if rng.random() < odd:
                    x = rng.choice(odds)
                elif mode == 0:
                    x = any_float(w)
                elif mode == 1:
                    x = rng.gauss(0, 1) * scale
                elif mode == 2:
                    x = rng.randint(-20, 20)
                elif mode == 3:
                    x = round(rng.uniform(-10, 10), 2)
                elif mode == 4:
                    x = rng.uniform(0, 1)
                elif mode == 5:
                    x = rng.randint(0, 5) / 4
                elif mode == 6:
                    x = rng.choice([0.0, 1e-5, 1.0, 1e5, 1e8, -3.0])
                else:
                    x = rng.uniform(1, 9) * 10 ** rng.randint(0, 4)
                col.append(x)
            with np.errstate(all="ignore"):
                parts.append(np.array(col, "f%d" % (w // 8)))
        with np.errstate(all="ignore"):
            if d.kind == "f":
                flat[:] = parts[0]
            else:
                flat.real[:] = parts[0]
                flat.imag[:] = parts[1]
    elif d.kind == "U":
        flat[:] = [rng.choice(TEXT) for _ in range(a.size)]
    elif d.kind == "S":
        flat[:] = [rng.choice(OCTETS) for _ in range(a.size)]
    elif d.itemsize:
        flat = np.frombuffer(bytes(rng.getrandbits(8) for _ in range(a.size * d.itemsize)), d)
    a[...] = flat.reshape(a.shape)


def any_shape():
    k = rng.random()
    if k < 0.1:
        return ()
    if k < 0.15:
        return rng.choice([(0,), (0, 3), (2, 0), (1, 0, 2)])
    if k < 0.6:
        return (rng.choice([1, 1, 2, 3, 4, 5, 7, 9, 12, 20]),)
    if k < 0.8:
        return (rng.randint(1, 5), rng.randint(1, 8))
    if k < 0.93:
        return (rng.randint(1, 3), rng.randint(1, 3), rng.randint(1, 4))
    return tuple(rng.randint(1, 3) for _ in range(4))


def any_options():
    o = {}
    if rng.random() < 0.45:
        return o
    if rng.random() < 0.3:
        o["precision"] = rng.choice([0, 1, 2, 3, 4, 6, 10, 17])
    if rng.random() < 0.35:
        o["threshold"], o["edgeitems"] = rng.choice([0, 3, 5, 10]), rng.choice([0, 1, 1, 2, 2, 3])
    if rng.random() < 0.3:
        o["linewidth"] = rng.choice([1, 10, 20, 30, 40, 60, 120])
    if rng.random() < 0.25:
        o["suppress"] = True
    if rng.random() < 0.1:
        o["nanstr"], o["infstr"] = rng.choice([("NaN", "Infinity"), ("-", "∞")])
    if rng.random() < 0.3:
        o["sign"] = rng.choice("+ -")
    if rng.random() < 0.45:
        o["floatmode"] = rng.choice(["fixed", "unique", "maxprec", "maxprec_equal"])
    return o


def dtype_json(d):
    """A dtype as its type string, or as {"f": [[name, dtype, offset, shape]], "n": bytes, "a": aligned}."""
    if d.names is None:
        return d.str
    fields = [[n, dtype_json(d[n].base), d.fields[n][1], list(d[n].shape)] for n in d.names]
    return {"f": fields, "n": d.itemsize, "a": d.isalignedstruct}


def answers(c, a, sep=None):
    with np.printoptions(**c.get("o", {})):
        c["repr"] = repr(a)
        if rng.random() < 0.4 or a.shape == ():
            c["str"] = str(a)
        if a.shape == ():
            c["item"] = [str(a[()]), repr(a[()])]
        if sep:
            c["sep"] = sep
            c["a2s"] = np.array2string(a, separator=sep[0], prefix=sep[1], suffix=sep[2])
    return c


def array_case():
    while True:
        d = any_dtype()
        shape = any_shape()
        if d.itemsize * int(np.prod(shape)) > (400 if rng.random() < 0.1 else 120):
            continue
        a = np.zeros(shape, d)
        fill(a, d)
        c = {"d": dtype_json(d), "s": list(shape), "b": base64.b64encode(a.tobytes()).decode()}
        o = any_options()
        if o:
            c["o"] = o
        sep = None
        if rng.random() < 0.15:
            sep = [rng.choice([", ", ",", "; ", "  ", " | ", "", "\t"]), rng.choice(["", "x = ", "é("]), rng.choice(["", ")", "###"])]
        return answers(c, a, sep)


RANGES = [("<i8", [1000]), ("<i8", [1001]), ("<i8", [30]), ("<f8", [1001]), ("<f4", [40, 50]), ("<i2", [11, 12, 13]), ("<c16", [1100]),
          ("<i4", [7, 7, 7, 7]), ("<u1", [2, 1200]), ("<f8", [1200, 2]), ("<i8", [1001, 1]), ("<f8", [20, 40]), ("<i8", [3, 100])]


def range_case(d, shape, o):
    a = (np.arange(int(np.prod(shape))) % 251).astype(d).reshape(shape)
    c = {"d": d, "s": shape, "g": 251, "o": o}
    return answers(c, a)


def main():
    live = len(sys.argv) > 1
    seed, count = (int(sys.argv[2]), int(sys.argv[3])) if live else (20260728, 1600)
    rng.seed(seed)
    out = sys.stdout
    out.write(json.dumps({"numpy": np.__version__}) + "\n")

    def put(c):
        if "a" in c:
            usual = {"unique": True, "trim": "k", "sign": False, "fractional": True}
            c["a"] = {k: v for k, v in c["a"].items() if v is not None and v != usual.get(k)}
        out.write(json.dumps(c, separators=(",", ":"), ensure_ascii=True) + "\n")

    for _ in range(count // 2):
        put(number_case())
    for _ in range(count):
        put(array_case())
    for d, shape in RANGES:
        put(range_case(d, shape, {}))
        put(range_case(d, shape, {"threshold": 20, "edgeitems": 2, "linewidth": 40}))


main()
