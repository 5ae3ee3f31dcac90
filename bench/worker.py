"""The peer's side of the harness: times statements on request.

Reads one JSON object a line: {"load": {name: file}, "setup": code} prepares the
variables; {"time": code, "reps": n} runs the statement n times and answers the
nanoseconds a run, after one that is not timed if "wake"; {"versions": true} says
who is answering.
"""
import json
import sys
from time import perf_counter_ns

import numpy as np

try:
    import numexpr as ne
except ImportError:
    ne = None

variables = {'np': np, 'ne': ne}
loops = {}


def versions():
    out = {'numpy': np.__version__, 'python': sys.version.split()[0], 'numexpr': ne and ne.__version__}
    try:
        import threadpoolctl
        pools = threadpoolctl.threadpool_info()
        out['blas'] = '; '.join(f"{p['internal_api']} {p.get('version')} {p.get('architecture')} {p['num_threads']} threads" for p in pools)
    except ImportError:
        out['blas'] = 'unknown core type (no threadpoolctl)'
    return out


def loop(code):
    """The statement in a loop, compiled once, with the variables as locals."""
    if code not in loops:
        names = [n for n in variables if n.isidentifier()]
        body = f"def timed(_reps, {', '.join(names)}):\n for _ in range(_reps):\n  {code}\n"
        scope = {}
        exec(body, scope)
        loops[code] = scope['timed'], names
    return loops[code]


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
    else:
        for name in [n for n in variables if n not in ('np', 'ne')]:
            del variables[name]
        loops.clear()
        for name, path in ask['load'].items():
            variables[name] = np.load(path)
        exec(ask['setup'], variables)
        variables.pop('__builtins__', None)
        answer = {}
    print(json.dumps(answer), flush=True)
