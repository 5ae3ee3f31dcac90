"""Asks NumPy what np.memmap answers for every combination of mode, offset,
shape, dtype and file length below, and writes the answers to golden.json: an error as [class, message], a map as
[shape, strides, mode, writeable, aligned, first bytes, file length after].

    python golden.py [FILE]     (NumPy 2; pages of 4096 bytes)
"""

import itertools
import json
import mmap
import os
import sys
import tempfile

import numpy as np

assert mmap.ALLOCATIONGRANULARITY == 4096

MODES = ["r", "c", "r+", "w+", "readonly", "x"]
OFFSETS = [0, 3, 27, 4096, 4099, -8]
SHAPES = [None, [], [0, 5], [2, 3], [1025], [-1], [2, -3]]
DTYPES = ["u1", ">i8", "i1,<f4"]
LENGTHS = [0, 1, 27, 4096, 4100, 8201]


def answer(path, mode, offset, shape, dtype, length, order):
    with open(path, "wb") as f:
        f.write(bytes(i % 251 for i in range(length)))
    try:
        m = np.memmap(path, mode=mode, offset=offset, dtype=dtype, order=order,
                      shape=None if shape is None else tuple(shape))
    except Exception as e:
        return [type(e).__name__, str(e)]
    got = [list(m.shape), list(m.strides), m.mode, bool(m.flags.writeable),
           bool(m.flags.aligned), m.tobytes("A")[:16].hex()]
    del m
    return got + [os.path.getsize(path)]


def main():
    rows = []
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "x.dat")
        for mode, offset, shape, dtype, length in itertools.product(
                MODES, OFFSETS, SHAPES, DTYPES, LENGTHS):
            if mode in ("readonly", "x") and (offset, dtype, length) != (3, ">i8", 27):
                continue
            order = "F" if dtype == ">i8" else "C"
            row = [mode, offset, shape, dtype, length, order,
                   answer(path, mode, offset, shape, dtype, length, order)]
            rows.append(json.dumps(row, separators=(",", ":")))
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json")
    with open(sys.argv[1] if len(sys.argv) > 1 else here, "w") as f:
        f.write('{"numpy":%s,"rows":[\n' % json.dumps(np.__version__) + ",\n".join(rows) + "\n]}\n")


if __name__ == "__main__":
    main()
