"""Ask NumPy what the expressions of views_test.go are, and write views.golden.

Run from this directory with NumPy 2.4.6:  python views.py

Each line is: expression, tab, answer. The answer to an array is its shape,
strides, dtype, byte offset from its base array (if it shares memory and has
items), flags and the CRC-32 of its bytes in C order (of records field by field,
without the gaps); several arrays are joined
by "; ". The answer to an exception is "!", its class and its text.
"""
import ast
import re
import zlib
import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view
from numpy.lib.recfunctions import repack_fields

BASES = {
    "a": np.arange(24, dtype="<i8").reshape(2, 3, 4).copy(),
    "v": np.arange(3, dtype="<i8"),
    "s": np.array(5, dtype="<i8"),
    "m": np.arange(12, dtype=">i4").reshape(3, 4).copy(),
    "o": np.arange(6, dtype="<i2").reshape(1, 2, 1, 3, 1).copy(),
    "z": (np.arange(6) + 1j * np.arange(6)[::-1]).astype("<c16").reshape(2, 3),
    "t": np.array([("ab", 1, [2, 3]), ("cde", 4, [5, 6])],
                  dtype=[("name", "S3"), ("age", "<i4"), ("w", "<f4", (2,))]),
    "g": np.array([("ab", 1, 2), ("cde", 4, 5)],
                  dtype=np.dtype([("name", "S3"), ("age", "<i4"), ("w", "<f8")], align=True)),
}


def data(r):
    """The bytes of the items, field by field: gaps between fields have no value."""
    if r.dtype.names:
        return b"".join(data(r[n]) for n in r.dtype.names)
    return r.tobytes()


def answer(r, base):
    if isinstance(r, (list, tuple)):
        return "; ".join(answer(x, base) for x in r)
    r = np.asanyarray(r)
    shares = np.shares_memory(r, base)
    off = r.__array_interface__["data"][0] - base.__array_interface__["data"][0] if shares else "-"
    fl = r.flags
    flags = "".join(c if on else "-" for c, on in zip("CFOWA", (
        fl.c_contiguous, fl.f_contiguous, fl.owndata, fl.writeable, fl.aligned)))
    return "%s %s %s off=%s %s %s%08x" % (
        str(r.shape).replace(" ", ""), str(r.strides).replace(" ", ""),
        str(r.dtype) if r.dtype.names else r.dtype.str, off, flags, "self " if r is base else "", zlib.crc32(data(r)))


def main():
    lines, seen = [], set()
    for line in open("../views_cases_test.go"):
        got = re.match(r'\t+\{("(?:[^"\\]|\\.)*"|`[^`]*`), func', line)
        if not got:
            continue
        text = got.group(1)
        expr = text[1:-1] if text[0] == "`" else ast.literal_eval(text)
        assert expr not in seen, expr
        seen.add(expr)
        names = {n.id for n in ast.walk(ast.parse(expr)) if isinstance(n, ast.Name)}
        base = BASES[next(k for k in BASES if k in names)]
        try:
            lines.append(expr + "\t" + answer(eval(expr, globals(), BASES), base))
        except Exception as e:
            lines.append("%s\t!%s %s" % (expr, type(e).__name__, str(e)))
    with open("views.golden", "w") as f:
        f.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
