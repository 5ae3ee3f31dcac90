"""Make random chains of view operations and NumPy's answers: views_chains.golden.

Run from this directory with NumPy 2.4.6:  python chains.py

Each line is: the shape of np.arange(n, dtype="<i2").reshape(shape).copy(), the
operations, separated by " | ", a tab, and the answer as in views.py. The first
operation that fails ends the chain.
"""
import random
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
import views

random.seed(99)


def ints(s):
    return tuple(int(x) for x in s.split(",") if x)


def text(t):
    return ",".join(map(str, t))


def item():
    part = lambda: random.choice(["", "", str(random.randint(-4, 4))])
    step = random.choice(["", "", ":", ":-1", ":2", ":-2", ":3"])
    return part() + ":" + part() + step


def gen_index(a):
    items = [random.choice([item, item, item, lambda: str(random.randint(-2, 2)), lambda: "None"])()
             for _ in range(random.randint(0, a.ndim + 1))]
    items.insert(random.randint(0, len(items)), "...")
    return ", ".join(items)


def gen_shape(a):
    n, out = a.size, []
    if n == 0:
        return text(random.choice([(0,), (2, 0), (0, 3), (3, 0, 2), (-1,), (1, -1)]))
    for p in (2, 2, 2, 3, 3, 5):
        if n % p == 0 and random.random() < 0.7:
            n //= p
            if out and random.random() < 0.4:
                out[-1] *= p
            else:
                out.insert(random.randint(0, len(out)), p)
    out.insert(random.randint(0, len(out)), n)
    if random.random() < 0.3:
        out.insert(random.randint(0, len(out)), 1)
    if random.random() < 0.3:
        out[random.randrange(len(out))] = -1
    return text(out)


def axis(a, more=0):
    n = a.ndim + more
    return str(random.randint(-n - (random.random() < 0.03), n - (random.random() > 0.03)) if n else 0)


OPS = {
    "index": (gen_index, lambda a, s: a[eval("np.s_[%s]" % s)]),
    "reshape": (lambda a: gen_shape(a) + " " + random.choice("CCFA"),
                lambda a, s: a.reshape(ints(s.split()[0]), order=s.split()[1])),
    "ravel": (lambda a: random.choice("CFAK"), lambda a, s: a.ravel(s)),
    "flatten": (lambda a: random.choice("CFAK"), lambda a, s: a.flatten(s)),
    "transpose": (lambda a: text(random.sample(range(a.ndim), a.ndim)), lambda a, s: a.transpose(ints(s) or None)),
    "swapaxes": (lambda a: axis(a) + "," + axis(a), lambda a, s: a.swapaxes(*ints(s))),
    "moveaxis": (lambda a: axis(a) + "," + axis(a), lambda a, s: np.moveaxis(a, *ints(s))),
    "rollaxis": (lambda a: axis(a) + "," + axis(a), lambda a, s: np.rollaxis(a, *ints(s))),
    "squeeze": (lambda a: random.choice(["", "", axis(a)]), lambda a, s: a.squeeze(int(s) if s else None)),
    "expand": (lambda a: axis(a, 1), lambda a, s: np.expand_dims(a, ints(s))),
    "flip": (lambda a: random.choice(["", axis(a)]), lambda a, s: np.flip(a, ints(s) or None)),
    "rot90": (lambda a: "%d,%s,%s" % (random.randint(-1, 3), axis(a), axis(a)),
              lambda a, s: np.rot90(a, ints(s)[0], ints(s)[1:])),
    "diagonal": (lambda a: "%d,%s,%s" % (random.randint(-2, 2), axis(a), axis(a)), lambda a, s: a.diagonal(*ints(s))),
    "broadcast": (lambda a: text((random.choice([2, 3]),) * random.randint(0, 1)
                                 + tuple(random.choice([1, 2, 0]) if n == 1 else n for n in a.shape)),
                  lambda a, s: np.broadcast_to(a, ints(s))),
    "atleast": (lambda a: random.choice("123"), lambda a, s: getattr(np, "atleast_%sd" % s)(a)),
    "window": (lambda a: "%d,%s" % (random.randint(0, 2), axis(a)),
               lambda a, s: sliding_window_view(a, ints(s)[0], ints(s)[1])),
    "split": (lambda a: "%d,%s" % (random.choice([1, 2, 3]), axis(a)),
              lambda a, s: np.array_split(a, ints(s)[0], ints(s)[1])[-1]),
    "view": (lambda a: random.choice(["<i2", "u1", "<i4", "<f8"]), lambda a, s: a.view(s)),
}


def chain():
    shape = tuple(random.choice([1, 2, 3, 4, 4, 0] if random.random() < 0.2 else [1, 2, 3, 4])
                  for _ in range(random.randint(0, 4)))
    base = a = np.arange(np.prod(shape, dtype=int), dtype="<i2").reshape(shape).copy()
    ops = []
    for _ in range(random.randint(1, 4)):
        name = random.choice(list(OPS) + ["index", "reshape", "transpose"])
        arg = OPS[name][0](a)
        ops.append((name + " " + arg).strip())
        try:
            a = OPS[name][1](a, arg)
        except Exception as e:
            return shape, ops, "!%s %s" % (type(e).__name__, str(e))
        if not isinstance(a, np.ndarray):
            return None  # a NumPy scalar
        if a.size > 500:
            return None
    return shape, ops, views.answer(a, base)


if __name__ == "__main__":
    seen, lines = set(), []
    while len(lines) < 1000:
        c = chain()
        if c is None or (c[2][0] == "!" and random.random() < 0.6):
            continue
        line = "%s | %s\t%s" % (text(c[0]), " | ".join(c[1]), c[2])
        if line not in seen:
            seen.add(line)
            lines.append(line)
    with open("views_chains.golden", "w") as f:
        f.write("\n".join(lines) + "\n")
