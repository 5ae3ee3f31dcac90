"""Asks NumPy to join, repeat and edit arrays; writes join.json.

    python testdata/join.py
"""
import json
import os
import random

import numpy as np

rng = random.Random(7)
here = os.path.dirname(os.path.abspath(__file__))
dtypes = ['?', 'i1', 'u1', 'i4', 'i8', 'u8', 'f2', 'f4', 'f8', 'c8', 'c16', 'S3', 'U2', '>i4', '>f8']


def shape(d):
    return [rng.choice([0, 1, 2, 3]) if rng.random() < .15 else rng.choice([1, 2, 3]) for _ in range(d)]


def spec(sh, dt=None):
    perm = list(range(len(sh)))
    if rng.random() < .5:
        rng.shuffle(perm)
    return {'shape': sh, 'perm': perm, 'dtype': dt or rng.choice(dtypes)}


def build(s):
    """arange in the block's own order, of which the array is a transpose."""
    inner = [s['shape'][p] for p in s['perm']]
    n = int(np.prod(inner))
    a = np.arange(n, dtype='i8') % 100
    a = a.astype('S3' if s['dtype'] == 'S3' else 'U2' if s['dtype'] == 'U2' else s['dtype'])
    return a.reshape(inner).transpose(np.argsort(s['perm']))


def value(r):
    return {'shape': list(r.shape), 'strides': list(r.strides), 'dtype': r.dtype.str, 'hex': r.tobytes().hex()}


cases = []


def case(op, arrays, call, **args):
    c = {'op': op, 'arrays': arrays, 'args': args}
    try:
        c['result'] = value(call([build(s) for s in arrays]))
    except Exception as e:
        c['error'] = str(e)
    cases.append(c)


for _ in range(260):
    d = rng.randint(1, 3)
    axis = rng.randint(-d, d - 1)
    base = shape(d)
    arrays = []
    same = rng.random() < .5
    dt = rng.choice(dtypes)
    for _ in range(rng.randint(1, 3)):
        sh = list(base)
        if rng.random() < .6:
            sh[axis] = rng.choice([0, 1, 2, 3])
        if rng.random() < .06:
            sh = shape(rng.randint(1, 3))
        arrays.append(spec(sh, dt if same else None))
    case('concatenate', arrays, lambda a: np.concatenate(a, axis=axis), axis=axis)
for op in ['stack', 'vstack', 'hstack', 'dstack', 'column_stack']:
    for _ in range(40):
        d = rng.randint(0, 3)
        base = shape(d)
        arrays = [spec(list(base) if rng.random() < .95 else shape(d)) for _ in range(rng.randint(1, 3))]
        if op == 'stack':
            axis = rng.randint(-d - 1, d)
            case(op, arrays, lambda a: np.stack(a, axis=axis), axis=axis)
        else:
            case(op, arrays, getattr(np, op))
for _ in range(60):
    reps = [rng.randint(0, 3) for _ in range(rng.randint(1, 3))]
    case('tile', [spec(shape(rng.randint(0, 3)))], lambda a: np.tile(a[0], reps), reps=reps)
for _ in range(60):
    d = rng.randint(1, 3)
    s = spec(shape(d))
    axis = rng.randint(-d, d - 1)
    n = s['shape'][axis]
    reps = [rng.randint(0, 3) for _ in range(n if rng.random() < .8 else n + 1)] if rng.random() < .5 else [rng.randint(-1, 3)]
    case('repeat', [s], lambda a: np.repeat(a[0], reps, axis=axis), reps=reps, axis=axis)
for _ in range(60):
    d = rng.randint(1, 3)
    axes = [rng.randint(-d, d - 1) for _ in range(rng.randint(1, d))]
    shifts = [rng.randint(-4, 4) for _ in axes]
    case('roll', [spec(shape(d))], lambda a: np.roll(a[0], shifts, axes), shifts=shifts, axes=axes)
for _ in range(20):
    case('roll_flat', [spec(shape(rng.randint(0, 3)))], lambda a: np.roll(a[0], 2), shifts=[2])
for _ in range(50):
    d = rng.randint(1, 3)
    s = spec(shape(d))
    axis = rng.randint(-d, d - 1)
    n = s['shape'][axis]
    places = [rng.randint(-n, max(n - 1, 0)) for _ in range(rng.randint(1, 3))] if n else []
    case('delete', [s], lambda a: np.delete(a[0], np.array(places, dtype=int), axis=axis), places=places, axis=axis)
for _ in range(50):
    d = rng.randint(1, 3)
    s = spec(shape(d))
    axis = rng.randint(-d, d - 1)
    n = s['shape'][axis]
    places = [rng.randint(-n, n) for _ in range(rng.randint(1, 3))]
    one = spec([1] * d, 'i1')
    case('insert', [s, one], lambda a: np.insert(a[0], places if len(places) > 1 else places[0], a[1] if len(places) > 1 else a[1].ravel()[0], axis=axis), places=places, axis=axis)
for mode in ['constant', 'edge', 'reflect', 'symmetric', 'wrap']:
    for _ in range(20):
        d = rng.randint(1, 3)
        s = spec(shape(d), rng.choice(['i4', 'f8', '>i4']))
        width = [[rng.randint(0, 4), rng.randint(0, 4)] for _ in range(d)]
        case('pad', [s], lambda a: np.pad(a[0], width, mode), width=width, mode=mode)
for _ in range(30):
    sh = shape(rng.randint(0, 3))
    case('resize', [spec(shape(rng.randint(0, 3)))], lambda a: np.resize(a[0], sh), shape=sh)

with open(os.path.join(here, 'join.json'), 'w') as f:
    f.write('[\n' + ',\n'.join(json.dumps(c, separators=(',', ':')) for c in cases) + '\n]\n')
