"""Writes ufunc_types.json: for every ufunc and every pair of dtypes the result dtype,
or the class of the error; for one dtype and a weak Python number likewise.

    python testdata/ufunc_types.py > testdata/ufunc_types.json      (NumPy 2.4)
"""
import json
import warnings

import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")
CHARS = "?bBhHiIlLefdFDSU"
COMPARISONS = "'equal' 'not_equal' 'less' 'less_equal' 'greater' 'greater_equal'"
WEAK = {"i": 1, "f": 1.0, "c": 1j, "b": True}


def array(ch):
    if ch in "SU":
        return np.array(["1"], dtype=ch)
    return np.ones(1, ch)


def answer(f, *args):
    try:
        r = f(*args)
    except Exception as e:
        return type(e).__name__.replace("_UFuncBinaryResolutionError", "UFuncTypeError").replace("_UFuncNoLoopError", "UFuncTypeError")
    if isinstance(r, tuple):
        return " ".join(x.dtype.str for x in r)
    return r.dtype.str


out = {}
for name in sorted(dir(np)):
    f = getattr(np, name)
    if not isinstance(f, np.ufunc) or f.signature or f.__name__ != name or name in ("isnat",):
        continue
    if f.nin == 1:
        out[name] = {a: answer(f, array(a)) for a in CHARS}
    elif f.nin == 2:
        d = {a + b: answer(f, array(a), array(b)) for a in CHARS for b in CHARS}
        for a in CHARS:
            for w, x in WEAK.items():
                d[a + ",py" + w] = answer(f, array(a), x)
                d["py" + w + "," + a] = answer(f, x, array(a))
        # ldexp folds only by accident, and not the same way twice.
        if f.nout == 1 and name != "ldexp":
            for a in CHARS:
                for method in ("reduce", "accumulate"):
                    r = answer(getattr(f, method), np.concatenate([array(a)] * 2))
                    # Which of two classes a comparison raises depends on what was called before.
                    d[a + " " + method] = "TypeError" if "'" + name + "'" in COMPARISONS and "Type" in r else r
        out[name] = d
print(json.dumps(out, indent=0, sort_keys=True))
