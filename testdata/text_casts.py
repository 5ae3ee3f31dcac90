"""Writes text_casts.json: numbers as NumPy's astype('U') prints them, by their bits.

    python testdata/text_casts.py > testdata/text_casts.json      (NumPy 2.4)
"""
import json

import numpy as np

R = np.random.default_rng(7)
out = {}
for dt, w, n in (("f2", 2, 400), ("f4", 4, 400), ("f8", 8, 400), ("c8", 4, 120), ("c16", 8, 120), ("i1", 1, 20), ("u8", 8, 40), ("i8", 8, 40)):
    bits = R.integers(0, 2 ** (8 * w), 2 * n, dtype="u8", endpoint=False) if w < 8 else R.integers(0, 2**64 - 1, 2 * n, dtype="u8")
    if dt[0] in "fc":  # as many of everyday size
        bits[: n // 2] = (R.standard_normal(n // 2) * 10.0 ** R.integers(-6, 18, n // 2)).astype(f"f{w}").view(f"u{w}")
    a = bits.astype(f"u{w}").view(dt)[:n]
    out[dt] = [a.view(f"u{w}").astype("u8").tolist(), a.astype("U").tolist()]
print(json.dumps(out))
