"""Random programs, dtype x layout x operation, each with NumPy's answer.

    python oracle/randprog.py --seed 7 --seconds 10   lines until the time is up
    python oracle/randprog.py --seed 7 --count 100    so many lines
    python oracle/randprog.py --seed 7 --count 5 --code  the programs alone

One seed makes one sequence. The numbers are chosen so that the answer does not
depend on the order of summation, on the sign of a NaN or on the library of
elementary functions: what differs is a defect.
"""

import argparse
import json
import random
import re
import sys
import time

sys.dont_write_bytecode = True

import numpy as np

import answer

INTS = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", ">i2", ">u4", ">i8"]
FLOATS = ["f2", "f4", "f8", ">f4", ">f8"]
COMPLEX = ["c8", "c16", ">c16"]
ALL = ["?"] + INTS + FLOATS + COMPLEX
TEXT = ["S3", "U2", ">U2"]

BINARY = ["add", "subtract", "multiply", "maximum", "minimum", "fmax", "fmin", "equal", "not_equal", "less",
          "less_equal", "greater", "greater_equal", "logical_and", "logical_or", "logical_xor", "bitwise_and",
          "bitwise_or", "bitwise_xor", "left_shift", "right_shift", "floor_divide", "remainder", "fmod", "divide",
          "copysign", "gcd", "lcm", "heaviside"]
UNARY = ["negative", "positive", "absolute", "fabs", "sign", "square", "conjugate", "invert", "logical_not", "isnan",
         "isfinite", "isinf", "signbit", "floor", "ceil", "trunc", "rint", "bitwise_count"]
OPERATORS = ["+", "-", "*", "//", "%", "/", "&", "|", "^", "<<", ">>", "==", "!=", "<", ">=", "<=", ">"]


class Program:
    """One program as it grows: its random choices, its statements."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines = []
        self.exact = False  # sums of products with floats are to be exact

    def pick(self, *choices):
        return self.r.choice(choices)

    def chance(self, p):
        return self.r.random() < p

    def shape(self, most=3):
        if self.chance(0.06):
            return self.pick((), (0,), (2, 0), (0, 3), (1,), (1, 1))
        return tuple(self.r.choice((1, 2, 2, 3, 3, 4)) for _ in range(self.r.randint(1, most)))

    def item(self, dtype):
        """A literal that fits the dtype. Sums of a few are exact."""
        d = np.dtype(dtype)
        r = self.r
        if d.kind == "b":
            return self.pick("True", "False")
        if d.kind in "iu":
            info = np.iinfo(d)
            edges = [info.min, info.max, info.max - 1]
            low = 0 if d.kind == "u" else -9
            edge = r.random() < 0.12 and not (self.exact and d.itemsize == 8)
            return str(r.choice(edges) if edge else r.randint(low, 12))
        if d.kind == "f":
            if r.random() < 0.06:
                return self.pick("np.nan", "np.inf", "-np.inf")
            return repr(r.randint(-9, 9) if d.itemsize == 2 else r.randint(-40, 40) / 4)
        if d.kind == "c":
            return f"{r.randint(-9, 9) / 2}+{r.randint(0, 9)}j"
        text = "".join(r.choice("abcé"[:3 if d.kind == "S" else 4]) for _ in range(r.randint(0, d.itemsize // (4 if d.kind == "U" else 1))))
        return ("b" if d.kind == "S" else "") + repr(text)

    def literal(self, dtype, shape):
        n = int(np.prod(shape, dtype=int))
        items = ", ".join(self.item(dtype) for _ in range(n))
        if shape == ():
            return f"np.array({items}, '{dtype}')"
        body = f"np.array([{items}], '{dtype}')"
        return body if len(shape) == 1 else f"{body}.reshape({', '.join(map(str, shape))})"

    def array(self, name, dtype, shape):
        """Statements that bind name to an array of that dtype and shape in some layout."""
        way = self.pick("C", "C", "F", "reversed", "stepped", "T", "broadcast", "misaligned", "field", "offset", "readonly")
        n = len(shape)
        full = ", ".join(map(str, shape))
        if way == "F" and n:
            text = f"np.asfortranarray({self.literal(dtype, shape)})"
        elif way == "reversed" and n:
            axes = ", ".join(self.pick("::-1", ":") for _ in shape)
            text = f"{self.literal(dtype, shape)}[{axes}]"
        elif way == "stepped" and n:
            text = f"np.repeat({self.literal(dtype, shape)}, 2, axis=-1)[..., ::2]"
        elif way == "T" and n > 1:
            text = f"{self.literal(dtype, shape[::-1])}.T"
        elif way == "broadcast" and n:
            thin = tuple(1 if self.chance(0.5) and k > 0 else k for k in shape)
            text = f"np.broadcast_to({self.literal(dtype, thin)}, ({full},))"
        elif way == "misaligned" and 0 not in shape:
            text = f"np.frombuffer(b'x' + {self.literal(dtype, shape)}.tobytes(), '{dtype}', offset=1).reshape({full or '()'})"
        elif way == "field" and n:
            self.lines.append(f"s = np.zeros(({full},), [('p', 'i1'), ('v', '{dtype}')])")
            self.lines.append(f"s['v'] = {self.literal(dtype, shape)}")
            text = "s['v']"
        elif way == "offset" and n:
            text = f"{self.literal(dtype, (shape[0] + 2,) + shape[1:])}[1:-1]"
        else:
            text = self.literal(dtype, shape)
        self.lines.append(f"{name} = {text}")
        if way == "readonly":
            self.lines.append(f"{name}.flags.writeable = False")

    def partner(self, shape):
        """A shape that broadcasts with shape, most of the time."""
        if self.chance(0.06):
            return self.shape()
        out = [1 if self.chance(0.25) else k for k in shape]
        return tuple(out[self.r.randint(0, len(out)):] if self.chance(0.3) else out)

    def axis(self, n, many=True):
        if n and self.chance(0.03):
            return n
        if n == 0 or self.chance(0.25):
            return None
        if many and n > 1 and self.chance(0.3):
            return tuple(self.r.sample(range(-n, 0), self.r.randint(1, n)))
        return self.r.randint(-n, n - 1)

    def slice(self, n):
        part = lambda: self.pick("", "", str(self.r.randint(-n - 1, n + 1)))
        step = self.pick("", "", "::-1", "::2", "::-2")
        return step or f"{part()}:{part()}"

    def index(self, shape):
        """Text of a subscript: basic, advanced or mixed."""
        parts = []
        for k in shape[:self.r.randint(0, len(shape))]:
            kind = self.r.random()
            if kind < 0.45 or k == 0:
                parts.append(self.slice(k))
            elif kind < 0.65:
                parts.append(str(self.r.randint(-k, k - 1)))
            elif kind < 0.85:
                parts.append(str([self.r.randint(-k, k - 1) for _ in range(self.pick(1, 2, 2))]))
            elif kind < 0.93:
                parts.append(str([self.chance(0.5) for _ in range(k)]))
            else:
                parts.append(f"None, {self.slice(k)}")
        if self.chance(0.15) and len(parts) < len(shape):
            parts.insert(self.r.randint(0, len(parts)), "...")
        if self.chance(0.02):
            parts.append(str(9))
        return ", ".join(parts) or self.pick("...", "()", ":" if shape else "None")


def elementwise(p):
    d, e, shape = p.pick(*ALL), p.pick(*ALL), p.shape()
    p.array("a", d, shape)
    if p.chance(0.3):
        return f"np.{p.pick(*UNARY)}(a)"
    if p.chance(0.25):
        literal = p.item(p.pick("?", "i1", "f8"))
        return f"a {p.pick(*OPERATORS)} {literal}" if p.chance(0.7) else f"({literal}) {p.pick(*OPERATORS)} a"
    p.array("b", e if p.chance(0.6) else d, p.partner(shape))
    if p.chance(0.4):
        return f"a {p.pick(*OPERATORS)} b"
    return f"np.{p.pick(*BINARY)}(a, b)"


def inplace(p):
    d, shape = p.pick(*ALL), p.shape()
    p.lines.append(f"a = {p.literal(d, shape)}")
    if p.chance(0.5) and shape:
        p.lines.append(f"v = a[{p.slice(shape[0])}]")
        p.lines.append(f"v {p.pick('+=', '-=', '*=', '|=', '&=', '^=')} {p.pick('v', 'v[::-1]', '2', 'True', 'a[:len(v)]' if shape[0] else 'v')}")
        return "a"
    p.array("b", d if p.chance(0.6) else p.pick(*INTS), p.partner(shape))
    p.lines.append(f"a {p.pick('+=', '-=', '*=', '//=', '%=', '&=', '|=')} b")
    return "a"


def output(p):
    d, shape = p.pick(*INTS, *FLOATS), p.shape()
    p.array("a", d, shape)
    p.array("b", d, p.partner(shape))
    p.lines.append(f"o = np.zeros({shape}, '{d if p.chance(0.7) else p.pick('f8', '>f8', 'c16')}', order='{p.pick('C', 'F')}')")
    where = ""
    if p.chance(0.5):
        p.array("w", "?", p.partner(shape))
        where = ", where=w"
    p.lines.append(f"np.{p.pick('add', 'subtract', 'multiply', 'maximum')}(a, b, out=o{where})")
    return "o"


def reduction(p):
    name = p.pick("sum", "min", "max", "any", "all", "argmax", "argmin", "cumsum", "prod", "cumprod", "mean", "ptp", "count_nonzero")
    d, shape = p.pick(*ALL), p.shape()
    if name in ("prod", "cumprod", "mean"):
        d = p.pick("?", *INTS)
    p.array("a", d, shape)
    axis = p.axis(len(shape), name not in ("argmax", "argmin", "cumsum", "cumprod"))
    more = ", keepdims=True" if p.chance(0.3) and name not in ("cumsum", "cumprod") else ""
    if name == "sum" and p.chance(0.2):
        more += ", initial=3"
    if name in ("sum", "any", "all") and p.chance(0.2):
        p.array("w", "?", p.partner(shape))
        more += ", where=w"
    return f"np.{name}(a, axis={axis}{more})"


def method(p):
    shape = p.shape()
    d = p.pick(*INTS, "?")
    p.array("a", d, shape)
    f = p.pick("add", "multiply", "maximum", "minimum", "bitwise_or", "bitwise_xor", "logical_or")
    kind = p.pick("reduce", "accumulate", "outer", "at")
    if kind == "reduce":
        return f"np.{f}.reduce(a, axis={p.axis(len(shape))})"
    if kind == "accumulate":
        return f"np.{f}.accumulate(a, axis={p.axis(len(shape), False) or 0})"
    if kind == "outer":
        p.array("b", p.pick(*INTS), p.shape(2))
        return f"np.{f}.outer(a, b)"
    p.lines.append("a = a.copy()")
    k = shape[0] if shape else 1
    where = [p.r.randint(-k, k - 1) for _ in range(3)] if k else []
    p.lines.append(f"np.{f}.at(a, {where}, 1)")
    return "a"


def reading(p):
    d, shape = p.pick(*ALL, *TEXT), p.shape()
    p.array("a", d, shape)
    if p.chance(0.2):
        p.array("m", "?", shape[:p.r.randint(0, len(shape))])
        return "a[m]"
    return f"a[{p.index(shape)}]"


def writing(p):
    d, shape = p.pick(*ALL), p.shape()
    p.lines.append(f"a = {p.literal(d, shape)}")
    if p.chance(0.2):
        p.array("m", "?", shape)
        p.lines.append(f"a[m] = {p.pick('1', 'a[m][::-1]')}")
        return "a"
    i = p.index(shape)
    p.lines.append(f"a[{i}] = {p.pick('1', '0', f'a[{i}]', f'a[{i}].T', '[[1]]')}")
    return "a"


def moving(p):
    d, shape = p.pick(*ALL, *TEXT, "i1,>f4"), p.shape()
    if "," in d:
        p.lines.append(f"a = np.zeros({shape}, '{d}')")
    else:
        p.array("a", d, shape)
    n, size = len(shape), int(np.prod(shape, dtype=int))
    axes = list(range(n))
    p.r.shuffle(axes)
    ways = [f"a.transpose({axes})", "a.T", "a.ravel()", f"a.ravel('{p.pick('F', 'A', 'K')}')", "a.flatten()",
            f"a.copy('{p.pick('C', 'F', 'A', 'K')}')", "a.squeeze()", "np.flip(a)", "a[::-1]" if n else "a[None]",
            "np.expand_dims(a, 0)", f"a.reshape({size})", "a.reshape(-1)", f"a.reshape(-1, order='{p.pick('F', 'A')}')",
            f"a.reshape({size}, 1)", "np.atleast_2d(a)", "a.tolist()", "a.flags", "a.byteswap()", "a.view()",
            f"np.broadcast_to(a, (2,) + a.shape)", "np.rot90(a)" if n > 1 else "a", "a.diagonal()" if n > 1 else "a",
            "a.T.reshape(-1)", "a.T.copy('K')", "a.tobytes()", "a.tobytes('F')", "np.ascontiguousarray(a)",
            "a.swapaxes(0, -1)" if n else "a", "np.moveaxis(a, 0, -1)" if n else "a", "a.real", "a.strides, a.shape"]
    first = p.pick(*ways)
    if p.chance(0.4):
        p.lines.append(f"b = {p.pick(*ways[:8])}")
        return p.pick("b.ravel()", "b.reshape(-1)", "b.T", "b.flags", "b.copy('K')", "b[None]", "np.shares_memory(a, b)")
    return first


def joining(p):
    d, e, shape = p.pick(*ALL), p.pick(*ALL), p.shape()
    p.array("a", d, shape)
    n = len(shape)
    axis = p.axis(n, False)
    kind = p.r.random()
    if kind < 0.3:
        p.array("b", e, shape)
        return f"np.{p.pick('concatenate', 'stack')}([a, b], axis={axis or 0})"
    if kind < 0.4:
        p.array("b", e, shape)
        return f"np.{p.pick('vstack', 'hstack', 'dstack')}([a, b])"
    return p.pick(f"np.repeat(a, {p.r.randint(0, 3)}, axis={axis})", f"np.tile(a, {p.pick('2', '(2, 1)', '(2, 2)')})",
                  f"np.roll(a, {p.r.randint(-4, 4)}, axis={axis})", f"np.array_split(a, 2, axis={axis or 0})",
                  f"np.take(a, [0], axis={axis})", f"np.where(a, a, a)", "np.nonzero(a)", "np.argwhere(a)",
                  "np.count_nonzero(a)", "np.clip(a, 1, 5)", "np.round(a)", "np.round(a, 1)")


def ordering(p):
    d, shape = p.pick("?", *INTS, *FLOATS, *TEXT), p.shape(2)
    p.array("a", d, shape)
    axis = p.axis(len(shape), False)
    return p.pick(f"np.sort(a, axis={axis})", f"np.argsort(a, axis={axis}, kind='stable')", "np.unique(a)",
                  "np.unique(a, return_index=True, return_inverse=True, return_counts=True)",
                  "np.searchsorted(np.sort(a, axis=None), a)", "np.searchsorted(np.sort(a, axis=None), a, side='right')")


def casting(p):
    d, shape = p.pick("?", *INTS), p.shape()
    p.array("a", d, shape)
    to = p.pick(*ALL)
    return p.pick(f"a.astype('{to}')", f"a.astype('{to}', order='{p.pick('C', 'F', 'K', 'A')}')",
                  f"a.astype('{to}', casting='{p.pick('no', 'equiv', 'safe', 'same_kind')}')",
                  f"np.array(a, '{to}')", f"np.result_type(a, '{to}')", f"np.can_cast(a.dtype, '{to}')",
                  "a.astype('U')", "a.astype('S')", "a.view('u1')", "a.view('i2')", f"np.zeros_like(a, '{to}')")


def dotting(p):
    d, e = p.pick(*INTS, "f4", "f8", "?"), p.pick(*INTS, "f4", "f8")
    n, k, m = (p.r.randint(1, 4) for _ in range(3))
    # The order of a sum of floats is BLAS's own: the products are such that it does not show.
    p.exact = "f" in d + e
    p.array("a", d, p.pick((n, k), (k,)))
    p.array("b", e, p.pick((k, m), (k,), (m, k) if p.chance(0.1) else (k, m)))
    return p.pick("np.dot(a, b)", "a @ b", "np.matmul(a, b)")


MAKERS = [elementwise] * 5 + [inplace] * 2 + [output] + [reduction] * 3 + [method] + [reading] * 3 + [writing] * 2 \
    + [moving] * 3 + [joining] * 2 + [ordering] + [casting] * 2 + [dotting]

# What no str may hold: NumPy makes it of text whose bytes are swapped, and Python writes garbage.
NO_CHARACTER = re.compile(r"\\U(?!000|0010)")


def program(seed, number):
    """The number-th program of a seed."""
    p = Program(f"{seed}:{number}")
    last = p.r.choice(MAKERS)(p)
    return "\n".join(p.lines + [last])


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--seed", type=int, required=True)
    a.add_argument("--seconds", type=float, default=0)
    a.add_argument("--count", type=int, default=0)
    a.add_argument("--code", action="store_true")
    args = a.parse_args()
    end = time.monotonic() + args.seconds
    number = 0
    while number < args.count if args.count else time.monotonic() < end:
        number += 1
        code = program(args.seed, number)
        if args.code:
            print(code, end="\n%%\n")
            continue
        line = {"id": f"{args.seed}:{number}", "code": code}
        line.update(answer.run(code))
        text = json.dumps(line, ensure_ascii=False)
        if not NO_CHARACTER.search(ascii(text)):
            print(text, flush=True)


if __name__ == "__main__":
    main()
