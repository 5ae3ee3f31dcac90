"""Writes reduce_random.jsonl: random reductions, with NumPy's answers.

    python testdata/reduce_random.py 1 800 > testdata/reduce_random.jsonl      (NumPy 2.4)

Operands as in ufunc_random.py.
"""
import importlib.util
import json
import os
import random
import sys

seed, count = int(sys.argv[1]), int(sys.argv[2])
here = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("calls", os.path.join(here, "ufunc_random.py"))
calls = importlib.util.module_from_spec(spec)
sys.argv[2] = "0"
spec.loader.exec_module(calls)
np, operand, bits = calls.np, calls.operand, calls.bits
R = calls.R = random.Random(seed)

UFUNCS = """add multiply maximum minimum fmax fmin logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor
subtract divide floor_divide""".split()
for _ in range(count):
    shape = [R.choice([1, 2, 3, 5, 9]) for _ in range(R.choice([0, 1, 1, 2, 2, 3, 4]))]
    if R.random() < 0.06 and shape:
        shape[R.randrange(len(shape))] = 0
    a, made = operand(shape)
    method = R.choice(["reduce"] * 5 + ["accumulate", "reduceat"])
    name = R.choice(UFUNCS)
    if R.random() < 0.3:
        name, method = R.choice("mean var std argmax argmin count_nonzero ptp nansum nanmean nanvar nanmax".split()), "stat"
    kw, opts = {}, {}
    nd = len(shape)
    if R.random() < 0.75:
        if method in ("reduce", "stat") and nd and not name.startswith("arg"):
            ax = R.sample(range(nd), R.randrange(0 if R.random() < 0.1 else 1, nd + 1))
            ax = [x - nd if R.random() < 0.3 else x for x in ax]
            kw["axis"] = tuple(ax)
        else:
            ax = [R.randrange(-nd - (R.random() < 0.05), nd) if nd else R.choice([0, -1])]
            kw["axis"] = ax[0]
        opts["Axis"] = ax
    elif method == "reduce" and R.random() < 0.5:
        kw["axis"], opts["All"] = None, True
    if method in ("reduce", "stat") and R.random() < 0.3:
        kw["keepdims"] = opts["Keep"] = True
    stat = method == "stat"
    if R.random() < 0.15 and (not stat or name in ("mean", "var", "std", "nansum", "nanmean")):
        kw["dtype"] = opts["To"] = R.choice(calls.DTYPES[:14] if not stat else ["f4", "f8", "c16"])
    if method == "reduce" and R.random() < 0.15:
        x = R.choice([0, 3, -2, 2.5, True])
        kw["initial"], opts["Initial"] = x, repr(x)
    if (method == "reduce" or name in ("mean", "var", "std", "nansum", "nanmean", "nanvar")) and R.random() < 0.2:
        w, opts["Where"] = operand(shape, ["?"])
        kw["where"] = w
    if name in ("var", "std", "nanvar") and R.random() < 0.4:
        kw["ddof"] = opts["DDof"] = R.choice([1, 2])
    if not stat and method != "reduceat" and R.random() < 0.15:
        s = list(shape)
        if method == "reduce" and nd:
            done = {x % nd for x in opts.get("Axis", [] if opts.get("All") else [0])} if not opts.get("All") else set(range(nd))
            s = [1 if i in done else d for i, d in enumerate(shape)] if opts.get("Keep") else [d for i, d in enumerate(shape) if i not in done]
        o, how = operand(s)
        if np.can_cast(a.dtype, o.dtype):  # else NumPy casts back and forth between buffers
            kw["out"], opts["Out"] = o, how
    args = []
    if method == "reduceat":
        n = shape[(opts.get("Axis") or [0])[0]] if nd and -nd <= (opts.get("Axis") or [0])[0] < nd else 1
        opts["Index"] = [R.randrange(0, n + (R.random() < 0.05)) if n else 0 for _ in range(R.randrange(1, 4))]
        args = [opts["Index"]]
    try:
        f = getattr(np, name) if stat else getattr(getattr(np, name), method)
        r = np.asarray(f(a, *args, **kw))
        answer = {"Out": r.dtype.str, "Shape": list(r.shape), "Strides": list(r.strides), "Bits": bits(r)}
    except Exception as e:
        cls = type(e).__name__
        for long in ("_UFuncBinaryResolutionError", "_UFuncNoLoopError", "_UFuncInputCastingError", "_UFuncOutputCastingError"):
            cls = cls.replace(long, "UFuncTypeError")
        answer = {"Error": cls, "Text": str(e)}
    print(json.dumps({"Op": name, "Method": method, "A": made, "Opts": opts, "Want": answer}, separators=(",", ":")))
