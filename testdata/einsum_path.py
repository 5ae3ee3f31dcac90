"""Ask NumPy for paths of einsum and their reports: einsum_path.json.gz.

Run from this directory with NumPy 2.4.6:  python einsum_path.py

Ellipses only where they stand for no axis: which letters NumPy writes for others
changes from run to run.
"""
import gzip
import json
import random
import numpy as np

random.seed(7)
cases = []


def ask(subs, shapes, optimize):
    case = dict(subscripts=subs, shapes=[list(s) for s in shapes], optimize=optimize)
    given = optimize
    if isinstance(given, list) and given and given[0] == 'limit':
        given = tuple(given[1:])
    try:
        path, report = np.einsum_path(subs, *[np.broadcast_to(0, s) for s in shapes], optimize=given)
        case.update(path=[list(p) for p in path[1:]], report=report)
    except Exception as e:
        case['error'] = str(e)
    cases.append(case)


M, N, V = (2, 3), (3, 4), (3,)
for subs, *shapes in [
    ('ij,jk', M, N), ('ij,jk,kl', M, N, (4, 5)), ('ij', M), ('ii', (3, 3)), ('', ()), ('->', ()), (',', (), ()),
    ('i,j,k', V, V, V), ('i,i,i->i', V, V, V), ('ij,jk,kl->il', (2, 2), (2, 5), (5, 2)),
    ('ea,fb,abcd,gc,hd->efgh', (10, 10), (10, 10), (10, 10, 10, 10), (10, 10), (10, 10)),
    ('ij,jk', M, M), ('ijk', M), ('i', M), ('ij,jk,kl', M, (1, 4), (4, 5)), ('ij, jk -> ik', M, N), ('i1', M), ('i\u00e9', M),
    ('ij-i', M), ('ij>i', M), ('ij->i->j', M), ('ij->ii', M), ('ij->k', M), ('ij,jk', M), ('ij', M, M), ('i...j', M), ('i....j', M),
    ('i.j', M), ('...ijk', M), ('i...j,j...k->ik', M, N), ('ij->i,j', M), ('ij,jk->i,k', M, N), ('ij->.', M), ('ij->...', M),
    ('ij,', M), ('ij,jk,k', M, N, (0,)), ('aA,AB,Bb', M, N, (4, 2)), ('zyx,xw,wv->zv', (2, 3, 4), (4, 5), (5, 6)),
]:
    for optimize in ['greedy', 'optimal', False]:
        ask(subs, shapes, optimize)
chain = ('ij,jk,kl,lm', M, N, (4, 5), (5, 6))
for optimize in [['limit', 'greedy', 10], ['limit', 'greedy', 0], ['limit', 'optimal', 12], ['limit', 'optimal', 1], ['limit', 'optimal', 15],
                 'best', ['einsum_path', [0, 1], [0, 1], [0, 1]], ['einsum_path', [1, 2], [0, 2], [0, 1]], ['einsum_path', [0, 1, 2, 3]],
                 ['einsum_path', [0, 1]], ['einsum_path', [0, 1], [0, 9], [0, 1]], ['einsum_path', [3, 0], [2, 0], [1, 0]],
                 ['einsum_path', [0, 0], [0, 1]], ['einsum_path'], ['einsum_path', [-1, 0], [0, 1], [0, 1]], ['einsum_path', [0], [0, 1], [0, 1], [0, 1]],
                 ['einsum_path', [0, 1, 2, 3], [0, 0]]]:
    ask(chain[0], chain[1:], optimize)
ask('ij', [M], ['einsum_path'])
letters = 'abcdefgXYZ'
for _ in range(500):
    size = {c: random.choice([1, 2, 3, 5, 8, 20]) for c in letters}
    terms = [''.join(random.choice(letters) for _ in range(random.randint(0, 4))) for _ in range(random.randint(1, 6))]
    used = sorted(set(''.join(terms)))
    subs = ','.join(terms)
    if random.random() < .7:
        subs += '->' + ''.join(random.sample(used, random.randint(0, len(used))))
    shapes = [[size[c] if random.random() < .97 else 1 for c in t] for t in terms]
    ask(subs, shapes, random.choice(['greedy', 'greedy', 'optimal', False, ['limit', 'greedy', random.randint(1, 400)],
                                     ['limit', 'optimal', random.randint(1, 400)]]))
with open('einsum_path.json.gz', 'wb') as f, gzip.GzipFile('', 'wb', 9, f, mtime=0) as z:
    z.write(json.dumps(cases).encode())
print(len(cases), sum('error' in c for c in cases))
