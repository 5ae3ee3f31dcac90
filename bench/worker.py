"""The peer's side of the harness: times statements on request.

Reads one JSON object a line: {"load": {name: file}, "setup": code} prepares the
variables; {"time": code, "reps": n} runs the statement n times and answers the
nanoseconds a run, after one that is not timed if "wake"; {"versions": true} says
who is answering.
"""
import ctypes
import glob
import json
import os
import sys
from time import perf_counter_ns

import numpy as np

try:
    import numexpr as ne
except ImportError:
    ne = None

variables = {'np': np, 'ne': ne}
held = {}
loops = {}


def blas():
    """The BLAS behind NumPy and the kind of core that it took this one for."""
    try:
        import threadpoolctl
        pools = [p for p in threadpoolctl.threadpool_info() if p['user_api'] == 'blas']
        return '; '.join(f"{p['internal_api']} {p.get('version')} {p.get('architecture')} {p['num_threads']} threads" for p in pools)
    except ImportError:
        pass
    config = np.show_config(mode='dicts')['Build Dependencies']['blas']
    beside = os.path.dirname(np.__path__[0])
    for path in glob.glob(f'{beside}/numpy.libs/*openblas*') + glob.glob(f'{beside}/numpy/.dylibs/*openblas*'):
        lib = ctypes.CDLL(path)
        for prefix, suffix in [('scipy_', '64_'), ('', '64_'), ('scipy_', ''), ('', '')]:
            core = getattr(lib, f'{prefix}openblas_get_corename{suffix}', None)
            threads = getattr(lib, f'{prefix}openblas_get_num_threads{suffix}', None)
            if core and threads:
                core.restype = ctypes.c_char_p
                return f"openblas {config['version']} {core().decode()} {threads()} threads"
    return f"{config['name']} {config['version']}, core type unknown"


def loops_for():
    """The instructions that NumPy has loops for here, the widest of them."""
    try:
        from numpy._core._multiarray_umath import __cpu_baseline__ as always, __cpu_dispatch__ as chosen, __cpu_features__ as here
    except ImportError:
        return 'unknown'
    return [*always, *(f for f in chosen if here.get(f))][-1]


def versions():
    return {'numpy': np.__version__, 'loops': loops_for(), 'python': sys.version.split()[0], 'numexpr': ne.__version__ if ne else '', 'blas': blas()}


def loop(code):
    """The statement in a loop, compiled once, with the variables as locals."""
    if code not in loops:
        names = [n for n in variables if n.isidentifier()]
        body = f"def timed(_reps, {', '.join(names)}):\n for _ in range(_reps):\n  {code}\n"
        scope = {}
        exec(body, scope)
        loops[code] = scope['timed'], names
    return loops[code]


def load(files):
    """The arrays of the files, those kept that were asked for before."""
    global held
    old, held = held, {}
    for path in files.values():
        if path in old:
            held[path] = old[path]
        else:
            held[path] = np.load(path, mmap_mode='r' if '-map' in path else None)
    return {name: held[path] for name, path in files.items()}


for line in sys.stdin:
    ask = json.loads(line)
    if 'versions' in ask:
        answer = versions()
    elif 'time' in ask:
        f, names = loop(ask['time'])
        args = [variables[n] for n in names]
        if ask['wake']:
            f(1, *args)
        start = perf_counter_ns()
        f(ask['reps'], *args)
        answer = {'ns': (perf_counter_ns() - start) / ask['reps']}
        args = None
    else:
        loops.clear()
        variables = {'np': np, 'ne': ne}
        variables.update(load(ask['load']))
        exec(ask['setup'], variables)
        variables.pop('__builtins__', None)
        answer = {}
    print(json.dumps(answer), flush=True)
