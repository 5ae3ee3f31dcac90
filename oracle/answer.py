"""Runs one snippet under NumPy and says what came out, as `nd eval --json` does."""

import ast
import base64
import contextlib
import io
import math
import os
import pathlib
import struct
import sys
import tempfile
import types
import warnings

import numpy as np

SAMPLES = pathlib.Path(__file__).parent.parent / "samples"
DATA_LIMIT = 16 << 20


def load_samples():
    """The embedded samples: read-only arrays that do not own their bytes."""
    space = types.SimpleNamespace()
    for path in sorted(SAMPLES.glob("*.npy")):
        array = np.load(path)
        flat = np.frombuffer(array.tobytes(), dtype=array.dtype)
        setattr(space, path.stem, flat.reshape(array.shape))
    return space


SAMPLE_SPACE = load_samples()


def run(code):
    """Runs code in a fresh namespace and a fresh folder; returns the answer."""
    space = {"np": np, "math": math, "struct": struct, "sys": sys, "samples": SAMPLE_SPACE,
             "__name__": "__main__"}
    out = io.StringIO()
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(out), \
            warnings.catch_warnings(), np.printoptions(), np.errstate():
        warnings.simplefilter("ignore")
        os.chdir(folder)
        try:
            line = describe(evaluate(code, space))
        except Exception as e:  # the class and the words are the answer
            line = {"ok": False, "error": type(e).__name__, "message": str(e)}
        finally:
            os.chdir(here)
            space.clear()
    line["stdout"] = out.getvalue()
    return line


def evaluate(code, space):
    """The value of the last expression; None where a statement is last."""
    tree = ast.parse(code)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, "<snippet>", "exec"), space)
    if last is None:
        return None
    return eval(compile(last, "<snippet>", "eval"), space)


def describe(value):
    """The answer for a value: the keys that apply to its kind."""
    line = {"ok": True, "kind": "other", "type": type(value).__name__}
    if value is None:
        line["kind"] = "none"
    elif isinstance(value, np.ndarray):
        line["kind"] = "array"
        line.update(dtype_keys(value.dtype))
        line["shape"] = list(value.shape)
        line["strides"] = list(value.strides)
        f = value.flags
        line["flags"] = {
            "c_contiguous": f.c_contiguous, "f_contiguous": f.f_contiguous, "owndata": f.owndata,
            "writeable": f.writeable, "aligned": f.aligned,
        }
    elif isinstance(value, np.generic):
        line["kind"] = "scalar"
        line.update(dtype_keys(value.dtype))
        line["shape"] = []
    elif isinstance(value, np.dtype):
        line["kind"] = "dtype"
        line.update(dtype_keys(value))
    line["repr"] = repr(value)
    line["str"] = str(value)
    if line["kind"] in ("array", "scalar") and value.nbytes <= DATA_LIMIT:
        line["data"] = base64.b64encode(value.tobytes()).decode("ascii")
    return line


def dtype_keys(dtype):
    if dtype.hasobject:
        raise NotImplementedError("an object dtype has no bytes to compare")
    keys = {"dtype": dtype.str}
    try:
        keys["descr"] = repr(descr(dtype))
    except ValueError:  # overlapping or unordered fields have no descr
        pass
    return keys


def descr(dtype):
    """The descr of an npy header; of a sub-array too, which a header cannot hold."""
    if dtype.subdtype:
        base, shape = dtype.subdtype
        return descr(base), shape
    return np.lib.format.dtype_to_descr(dtype)
