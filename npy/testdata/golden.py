"""Asks NumPy for .npy and .npz files and for its answers to broken headers, and
writes them to golden.json, the binary ones in base64.

    python golden.py [FILE]     (NumPy 2)
"""

import base64
import io
import json
import os
import sys
import tempfile
import warnings

import numpy as np
from numpy.lib import _format_impl

warnings.simplefilter("ignore")


def b64(b):
    return base64.b64encode(b).decode()


def counting(dtype, shape, order="C"):
    dtype = np.dtype(dtype)
    n = int(np.prod(shape, dtype=int))
    if dtype == np.bool_:
        raw = bytes(i % 2 for i in range(n))
    else:
        raw = bytes(i % 251 for i in range(n * dtype.itemsize))
    return np.ndarray(shape, dtype, raw, order=order)


def descr(a):
    return repr(np.lib.format.dtype_to_descr(a.dtype))


def files():
    plain = ["?", "i1", "u1", "<i2", ">u2", "<i4", ">i8", "<u8", "<f2", ">f4", "<f8", "<c8", ">c16",
             "S5", "S0", "<U3", ">U2", "V7", "U0"]
    for dt in plain:
        yield dt, counting(dt, (3,))
    for shape in [(), (0,), (1,), (7,), (3, 4), (0, 5), (5, 0), (1, 1), (2, 3, 4), (1,) * 12,
                  (123456, 0), (2, 1, 0, 3), (1,) * 64]:
        for order in "CF":
            yield f"{shape} {order}", counting("<i2", shape, order)
    yield "aligned struct", counting(np.dtype("i1,i4,S3", align=True), (2,))
    yield "nested", counting([("a", "<i2"), ("b", [("x", ">f4", (2, 3)), ("y", "S2")], (2,)), ("c", "?")], (2,))
    yield "padded", counting({"names": ["a", "b"], "formats": ["<i4", "u1"], "offsets": [4, 9], "itemsize": 16}, (2, 2), "F")
    yield "nested padded", counting([("p", np.dtype("i1,f8", align=True)), ("q", "<i2")], ())
    yield "titles", counting([(("a title", "a"), "<i4"), (("t", "b"), "<f8")], (1,))
    yield "no fields", np.zeros(3, np.dtype([]))
    yield "odd names", counting([("it's", "<i4"), ('"', "u1"), ("a\\b\n", "u1"), ("caf\u00e9", "u1")], (1,))
    yield "version 2", counting([("a" * 60 + str(i), "u1") for i in range(1000)], (1,))
    yield "version 3", counting([("\u03c0", "<f4"), ("\U0001f600", "u1"), ("\x85", "u1")], (2,))
    # The header's length at and around the step of 64, and at the end of version 1.
    for n in range(20, 90, 3):
        yield f"name of {n}", counting([("n" * n, "u1")], (1,))
    for n in [65439, 65440, 65441, 65500]:
        yield f"name of {n}", counting([("n" * n, "u1")], (1,))


DICT = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"

HEADERS = [
    DICT,
    "{'descr': '<f8', 'fortran_order': 0, 'shape': (2,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': [2], }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2.0,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (-2,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2L,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': 2, }",
    "{'descr': '<f8', 'fortran_order': False}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'x': 1}",
    "[1, 2]",
    "'abc'",
    "{'descr': '<q9', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': [('a', '|O')], 'fortran_order': False, 'shape': (2,), }",
    "{'descr': [('a', [('b', '|O', (2,))], (3,))], 'fortran_order': False, 'shape': (2,), }",
    "{'descr': [('O', '<i4')], 'fortran_order': False, 'shape': (2,), }",
    "{'descr': 3, 'fortran_order': False, 'shape': (2,), }",
    "{'descr': None, 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': b'<f8', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': [('a', 'i4'), ('a', 'i4')], 'fortran_order': False, 'shape': (2,), }",
    "{'descr': [(('T', 'a'), '<i4')], 'fortran_order': False, 'shape': (1,), }",
    "{'descr': [('a', '<i4'), ('', '|V4'), ('b', '<i4')], 'fortran_order': False, 'shape': (1,), }",
    "{'descr': '<i4,<f4', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '<f8', 'fortran_order': True, 'shape': (1, 2), }",
    "{'descr': '<i4', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }",
    "{'descr': u'<f8', 'fortran_order': False, 'shape': (0x1,), }",
    '{"descr": "<f8", "fortran_order": False, "shape": (1_0,), }',
    "{'shape': (2,), 'fortran_order': False, 'descr': '<f8'}",
    "   {'descr': '<f8', 'fortran_order': False, 'shape': (), }",
    "{'descr': '|S0', 'fortran_order': False, 'shape': (3,), }",
    "{'descr': [], 'fortran_order': False, 'shape': (3,), }",
]


def load(b):
    try:
        a = np.load(io.BytesIO(b))
    except Exception as e:
        return {"error": type(e).__name__, "msg": str(e)}
    raw = b[b.index(b"\n") + 1:][:a.nbytes]  # a's own padding is undefined
    return {"dtype": descr(a), "shape": list(a.shape), "strides": list(a.strides), "data": b64(raw)}


def main():
    out = {"numpy": np.__version__, "files": [], "loads": [], "npz": []}
    for name, a in files():
        b = io.BytesIO()
        np.lib.format.write_array(b, a)
        raw = b.getvalue()
        fortran = a.flags.f_contiguous and not a.flags.c_contiguous
        row = {"name": name, "dtype": descr(a), "shape": list(a.shape), "fortran": fortran}
        if len(raw) > 20000:  # long runs of one letter, which the test can make
            row["start"], row["length"] = b64(raw[:12]), len(raw)
        else:
            row["npy"] = b64(raw)
        if len(row["dtype"]) > 20000:
            row["dtype"] = ""
        out["files"].append(row)
    tail = bytes(range(24))
    for h in HEADERS:
        b = _format_impl._wrap_header(h, (1, 0)) + tail
        out["loads"].append({"npy": b64(b), "answer": load(b)})
    good = _format_impl._wrap_header(DICT, (1, 0)) + tail[:16]
    for b in [good[:6], good[:8], good[:9], good[:40], good[:-1], good[:-9], good + b"x", b"\x93NUMPY\x04\x00" + good[8:],
              b"\x93NUMPY\x01\x01" + good[8:], _format_impl._wrap_header(DICT, (2, 0)) + tail,
              _format_impl._wrap_header(DICT, (3, 0)) + tail, _format_impl._wrap_header(DICT + " " * 11000, (1, 0)) + tail,
              _format_impl._wrap_header(DICT + " " * 9800, (1, 0)) + tail]:
        out["loads"].append({"npy": b64(b), "answer": load(b)})
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "x.npz")
        arrays = {"a": np.arange(6, dtype="<i4").reshape(2, 3), "caf\u00e9": np.array([1.5, -2.5]),
                  "f": np.arange(4.0).reshape(2, 2, order="F").T.T, "s": np.array([b"x", b"yz"]), "zero": np.float32(3)}
        for save in (np.savez, np.savez_compressed):
            save(path, np.arange(5, dtype="u1"), **arrays)
            with open(path, "rb") as f:
                raw = f.read()
            z = np.load(path)
            out["npz"].append({"npz": b64(raw), "names": z.files, "arrays": [
                {"dtype": descr(z[n]), "shape": list(z[n].shape), "strides": list(z[n].strides),
                 "data": b64(z[n].tobytes())} for n in z.files]})
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json")
    with open(sys.argv[1] if len(sys.argv) > 1 else here, "w") as f:
        json.dump(out, f, indent=0, ensure_ascii=True)
        f.write("\n")


if __name__ == "__main__":
    main()
