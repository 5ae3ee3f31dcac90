"""Runs the snippets of lines.txt and blocks.txt, and the random ones of
generate.py, through CPython and writes
golden.json: the repr of the last expression, what was printed, and the class and
message of the exception. Usage: python golden.py (CPython 3.11)."""
import ast, contextlib, io, json, os, sys, warnings

warnings.simplefilter("ignore")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import generate

here = os.path.dirname(os.path.abspath(__file__))


def run(code):
    out = io.StringIO()
    res = {"code": code}
    env = {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(out):
            tree = ast.parse(code)
            last = None
            if tree.body and isinstance(tree.body[-1], ast.Expr):
                last = ast.Expression(tree.body.pop().value)
            exec(compile(tree, "<code>", "exec"), env)
            if last is not None:
                v = eval(compile(last, "<code>", "eval"), env)
                if v is not None:
                    res["repr"] = repr(v)
    except BaseException as e:
        t = type(e)
        res["error"] = t.__name__ if t.__module__ in ("builtins", "__main__") else t.__module__ + "." + t.__name__
        res["message"] = e.msg if isinstance(e, SyntaxError) else str(e)
    if out.getvalue():
        res["stdout"] = out.getvalue()
    return res


def main():
    codes = []
    with open(os.path.join(here, "lines.txt"), encoding="utf-8") as f:
        codes += [l.rstrip("\n") for l in f if l.strip() and not l.startswith("## ")]
    with open(os.path.join(here, "blocks.txt"), encoding="utf-8") as f:
        codes += [b.strip("\n") for b in f.read().split("\n%%\n") if b.strip()]
    codes += generate.lines(1500)
    if len(sys.argv) > 1:
        codes = [sys.argv[1]]
        print(json.dumps(run(codes[0]), indent=1))
        return
    results = [run(c) for c in codes]
    with open(os.path.join(here, "golden.json"), "w", encoding="utf-8") as f:
        f.write("[\n" + ",\n".join(json.dumps(r) for r in results) + "\n]\n")
    print(len(results), "snippets")


main()
