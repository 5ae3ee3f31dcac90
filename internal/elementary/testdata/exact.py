"""Makes exact.json.gz: function values to twice double precision, by mpmath.

    python exact.py [COUNT [PATH]]

COUNT random arguments a function (default 150). A dense file made so is read by
the tests in place of the stored one when ND_EXACT names it. Each value is
written as arguments, high part, low part: the truth is high + low.
"""
import gzip
import json
import math
import os
import random
import struct
import sys

from mpmath import mp, mpf
import mpmath

mp.prec = 400
random.seed(7)
R = random.random


def uniform(a, b):
    return lambda: a + (b - a) * R()


def spread(lo, hi, signed=True):
    """Numbers of every magnitude from 2**lo to 2**hi."""
    return lambda: math.ldexp(1 + R(), random.randrange(lo, hi)) * (random.choice((-1, 1)) if signed else 1)


def mixed(*makers):
    return lambda: random.choice(makers)()


def near(centres, width):
    return lambda: random.choice(centres) * (1 + width * (R() - 0.5) * 2.0 ** -random.randrange(40))


wide = spread(-30, 1023, False)
angles = mixed(uniform(-10, 10), spread(-20, 20), spread(0, 1000), near([math.pi * k / 2 for k in range(1, 40)], 1e-3))
ONE = {
    "Exp": (mpmath.exp, mixed(uniform(-745, 709.7), uniform(-1, 1), spread(-30, 9), lambda: 709.78, uniform(-745, -708))),
    "Exp2": (lambda x: mpmath.power(2, x), mixed(uniform(-1074, 1024), uniform(-1, 1), spread(-30, 9))),
    "Expm1": (mpmath.expm1, mixed(uniform(-40, 709), uniform(-1, 1), spread(-50, 9), uniform(-.1, .1))),
    "Log": (mpmath.log, mixed(wide, spread(-1074, 0, False), uniform(0.5, 2), near([1], 1))),
    "Log2": (lambda x: mpmath.log(x) / mpmath.log(2), mixed(wide, spread(-1074, 0, False), uniform(0.5, 2), near([1], 1))),
    "Log10": (mpmath.log10, mixed(wide, spread(-1074, 0, False), uniform(0.5, 2), near([1], 1))),
    "Log1p": (mpmath.log1p, mixed(wide, uniform(-1, 1), spread(-60, 0, False), uniform(-.02, .02))),
    "Sin": (mpmath.sin, angles), "Cos": (mpmath.cos, angles), "Tan": (mpmath.tan, angles),
    "Asin": (mpmath.asin, mixed(uniform(-1, 1), spread(-30, -1), near([.9999], 1e-4))),
    "Acos": (mpmath.acos, mixed(uniform(-1, 1), spread(-30, -1), near([.9999, -.9999], 1e-4))),
    "Atan": (mpmath.atan, mixed(uniform(-3, 3), spread(-30, 60))),
    "Sinh": (mpmath.sinh, mixed(uniform(-710, 710), uniform(-1, 1), spread(-30, 5))),
    "Cosh": (mpmath.cosh, mixed(uniform(-710, 710), uniform(-1, 1), spread(-30, 5))),
    "Tanh": (mpmath.tanh, mixed(uniform(-22, 22), uniform(-1, 1), spread(-30, 4))),
    "Asinh": (mpmath.asinh, mixed(uniform(-3, 3), spread(-30, 1000))),
    "Acosh": (mpmath.acosh, mixed(lambda: 1 + R(), lambda: 1 + math.ldexp(R(), -random.randrange(40)), spread(1, 1000, False))),
    "Atanh": (mpmath.atanh, mixed(uniform(-1, 1), spread(-30, -1), near([.9999], 1e-4))),
    "Cbrt": (lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), mixed(uniform(-9, 9), spread(-1070, 1020))),
}
unit = mixed(uniform(-3, 3), spread(-30, 30))
TWO = {
    "Atan2": (mpmath.atan2, unit, unit),
    "Hypot": (mpmath.hypot, mixed(unit, spread(-600, 600)), unit),
    "Pow": (mpmath.power, mixed(uniform(0, 3), spread(-30, 30, False), spread(-1000, 1000, False), near([1], 1e-3)),
            mixed(uniform(-5, 5), uniform(-20, 20), spread(-20, 6), spread(0, 40))),
}

plane = mixed(uniform(-3, 3), spread(-12, 4), near([1, -1], 1e-2))
mpc = mpmath.mpc
COMPLEX = {
    "Sqrt": mpmath.sqrt, "Exp": mpmath.exp, "Exp2": lambda z: mpmath.exp(z * mpmath.log(2)),
    "Expm1": mpmath.expm1, "Log": mpmath.log, "Log2": lambda z: mpmath.log(z) / mpmath.log(2),
    "Log10": lambda z: mpmath.log(z) / mpmath.log(10), "Log1p": lambda z: mpmath.log(1 + z),
    "Sin": mpmath.sin, "Cos": mpmath.cos, "Tan": mpmath.tan, "Asin": mpmath.asin, "Acos": mpmath.acos,
    "Atan": mpmath.atan, "Sinh": mpmath.sinh, "Cosh": mpmath.cosh, "Tanh": mpmath.tanh, "Asinh": mpmath.asinh,
    "Acosh": mpmath.acosh, "Atanh": mpmath.atanh,
}


def complex_row(f):
    x, y = plane(), plane()
    v = f(mpc(x, y))
    re, im = float(v.real), float(v.imag)
    return " ".join(bits(a) for a in (x, y, re, float(v.real - mpf(re)), im, float(v.imag - mpf(im))))


def bits(x):
    return "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]


def row(f, args):
    v = f(*[mpf(a) for a in args])
    hi = float(v)
    if not math.isfinite(hi) or hi == 0:
        return None
    return " ".join(bits(x) for x in (*args, hi, float(v - mpf(hi))))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    here = os.path.dirname(os.path.abspath(__file__))
    path = sys.argv[2] if len(sys.argv) > 2 else os.path.join(here, "exact.json.gz")
    doc = {}
    for name, (f, *makers) in {**ONE, **TWO}.items():
        rows = []
        while len(rows) < count:
            r = row(f, [m() for m in makers])
            if r:
                rows.append(r)
        doc[name] = rows
    for name, f in COMPLEX.items():
        doc["Complex" + name] = [complex_row(f) for _ in range(count // 3)]
    with open(path, "wb") as f, gzip.GzipFile("", "wb", 9, f, mtime=0) as z:
        z.write(json.dumps(doc, indent=0).encode())


main()
