"""Asks NumPy what random subscripts select and assign; writes subscript.json.

    python testdata/subscript.py
"""
import json
import os
import random

import numpy as np

rng = random.Random(20261121)


def source():
    shape = [rng.choice([0, 1, 2, 3, 4]) if rng.random() < .1 else rng.choice([2, 3, 4]) for _ in range(rng.randint(1, 4))]
    n = int(np.prod(shape))
    perm = list(range(len(shape)))
    rng.shuffle(perm)
    flip = [rng.choice([1, 1, -1]) for _ in shape]
    return np.arange(n, dtype='<i8').reshape(shape), perm, flip


def lay(a, perm, flip):
    a = a.transpose(perm)
    return a[tuple(slice(None, None, f) for f in flip)]


def item(n):
    """One random item for an axis of length n."""
    k = rng.choice(['int', 'slice', 'slice', 'ints', 'ints', 'mask', 'grid', 'wild'])
    if k == 'int':
        return {'int': rng.randint(-n, n - 1)} if n else {'int': 0}
    if k == 'slice':
        def b():
            return rng.choice([None, rng.randint(-n - 1, n + 1)])
        return {'slice': [b(), b(), rng.choice([None, 1, 2, -1, -2])]}
    if k == 'ints':
        return {'ints': [rng.randint(-n, n - 1) for _ in range(rng.choice([0, 1, 2, 2, 3]))] if n else [], 'shape': None}
    if k == 'grid' and n:
        s = rng.choice([(2, 2), (2, 1), (1, 2), ()])
        return {'ints': [rng.randint(-n, n - 1) for _ in range(int(np.prod(s)))], 'shape': list(s)}
    if k == 'mask':
        return {'mask': [rng.random() < .5 for _ in range(n if rng.random() < .95 else n + 1)], 'shape': None}
    if rng.random() < .2:
        return {'ints': [rng.randint(-n - 2, n + 2) for _ in range(2)], 'shape': None}
    return {'slice': [None, None, None]}


def subscript(shape):
    out, axis = [], 0
    ellipsis = False
    while axis < len(shape):
        r = rng.random()
        if r < .08:
            out.append({'newaxis': 1})
        elif r < .14 and not ellipsis:
            out.append({'ellipsis': 1})
            ellipsis = True
            axis += rng.randint(0, len(shape) - axis)
        elif r < .2 and axis + 2 <= len(shape):
            s = shape[axis:axis + 2]
            out.append({'mask': [rng.random() < .4 for _ in range(int(np.prod(s)))], 'shape': s})
            axis += 2
        elif r < .23:
            out.append({'mask': [rng.random() < .8], 'shape': []})
        elif r < .27 and not ellipsis:
            break
        else:
            out.append(item(shape[axis]))
            axis += 1
    return out


def python(it):
    if 'int' in it:
        return it['int']
    if 'slice' in it:
        return slice(*it['slice'])
    if 'newaxis' in it:
        return None
    if 'ellipsis' in it:
        return Ellipsis
    key = 'ints' if 'ints' in it else 'mask'
    a = np.array(it[key], dtype=np.int64 if key == 'ints' else bool)
    return a if it['shape'] is None else a.reshape(it['shape'])


cases = []
while len(cases) < 700:
    raw, perm, flip = source()
    a = lay(raw, perm, flip)
    sub = subscript(list(a.shape))
    if not any('ints' in it or 'mask' in it for it in sub):
        continue
    case = {'shape': list(raw.shape), 'perm': perm, 'flip': flip, 'index': sub}
    key = tuple(python(it) for it in sub)
    try:
        r = a[key]
        case['result'] = {'shape': list(r.shape), 'strides': list(r.strides), 'data': r.ravel().tolist(), 'owndata': bool(r.flags.owndata)}
        raw2 = raw.copy()
        lay(raw2, perm, flip)[key] = np.arange(r.size, dtype='f4').reshape(r.shape) + 1000
        case['assigned'] = raw2.ravel().tolist()
    except Exception as e:
        case['error'] = [type(e).__name__, str(e)]
    cases.append(case)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'subscript.json'), 'w') as f:
    f.write('[\n' + ',\n'.join(json.dumps(c, separators=(',', ':')) for c in cases) + '\n]\n')
