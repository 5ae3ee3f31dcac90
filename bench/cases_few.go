package main

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// fewItems are calls on nine items that are not as plain as those of smallCalls: there the
// way to the loop counts, not the loop. The first fewQuick of them are in the quick run.
func fewItems(full bool) (out []*benchCase) {
	inputs := []input{{"a", "f8", []int{9}, "above 1"}, {"b", "f8", []int{9}, "above 1"}, {"m", "f8", []int{3, 3}, ""}, {"w", "f8", []int{3}, ""},
		{"i", "i8", []int{9}, "index:9"}, {"k", "i4", []int{9}, "index:7"}, {"mask", "?", []int{9}, "mask"}}
	for _, c := range pick(full, fewQuick, fewCases...) {
		out = append(out, &benchCase{op: c.op, dtype: "f8", layout: "C", n: 9, inputs: inputs, setup: fewSetup, python: c.python, target: 1,
			golang: func(v vars) func() {
				v["c"], v["f"] = nd.Zeros(dtype.Float64, 9), nd.Zeros(dtype.Float32, 9)
				v["s"], v["t"] = v["a"].Repeat(2).Slice(nd.Step(2)), v["k"].Add(1).Repeat(2).Slice(nd.Step(2))
				v["x"] = v["a"].AsType(dtype.MustParse(">f8"))
				return func() { sink = c.call(v) }
			}})
	}
	return out
}

const (
	fewQuick = 6
	fewSetup = "c = np.zeros(9); f = np.zeros(9, 'f4'); s = a.repeat(2)[::2]; t = (k + 1).repeat(2)[::2]; x = a.astype('>f8')\n"
)

var fewCases = []composedCase{
	{"sum axis=0", "m.sum(axis=0)", "", func(v vars) *nd.Array { return v["m"].Sum(nd.Axis(0)) }},
	{"argmax of steps", "s.argmax()", "", func(v vars) *nd.Array { return v["s"].ArgMax() }},
	{"sin of steps of int32", "np.sin(t, out=c)", "", func(v vars) *nd.Array { return v["t"].Sin(nd.Out(v["c"])) }},
	{"assign steps to float32", "f[...] = s", "", func(v vars) *nd.Array { v["f"].Assign(v["s"]); return nil }},
	{"concatenate", "np.concatenate([a, b])", "", func(v vars) *nd.Array { return nd.Concatenate([]*nd.Array{v["a"], v["b"]}) }},
	{"(2*a + b).sum(), fused here", "(2*a + b).sum()", "", func(v vars) *nd.Array { return v["a"].Lazy().Multiply(2).Add(v["b"]).Sum().Eval() }},

	{"sum axis=1", "m.sum(axis=1)", "", func(v vars) *nd.Array { return v["m"].Sum(nd.Axis(1)) }},
	{"max axis=0", "m.max(axis=0)", "", func(v vars) *nd.Array { return v["m"].Max(nd.Axis(0)) }},
	{"mean axis=1", "m.mean(axis=1)", "", func(v vars) *nd.Array { return v["m"].Mean(nd.Axis(1)) }},
	{"all axis=0", "mask.reshape(3, 3).all(axis=0)", "", func(v vars) *nd.Array { return v["mask"].Reshape(3, 3).AllTrue(nd.Axis(0)) }},
	{"sum of steps", "s.sum()", "", func(v vars) *nd.Array { return v["s"].Sum() }},
	{"sum of swapped bytes", "x.sum()", "", func(v vars) *nd.Array { return v["x"].Sum() }},
	{"var", "a.var()", "", func(v vars) *nd.Array { return v["a"].Var() }},
	{"cumsum", "a.cumsum()", "", func(v vars) *nd.Array { return v["a"].CumSum() }},
	{"median", "np.median(a)", "", func(v vars) *nd.Array { return v["a"].Median() }},
	{"add int32 and float64", "k + a", "", func(v vars) *nd.Array { return v["k"].Add(v["a"]) }},
	{"add row", "m + w", "", func(v vars) *nd.Array { return v["m"].Add(v["w"]) }},
	{"divide steps of int32", "np.divide(t, t, out=c)", "", func(v vars) *nd.Array { return v["t"].Divide(v["t"], nd.Out(v["c"])) }},
	{"log of swapped bytes", "np.log(x, out=c)", "", func(v vars) *nd.Array { return v["x"].Log(nd.Out(v["c"])) }},
	{"add where mask", "np.add(a, b, where=mask, out=c)", "", func(v vars) *nd.Array { return v["a"].Add(v["b"], nd.Where(v["mask"]), nd.Out(v["c"])) }},
	{"divmod", "np.divmod(a, b)", "", func(v vars) *nd.Array { q, _ := v["a"].DivMod(v["b"]); return q }},
	{"clip", "np.clip(a, 1.2, 1.7)", "", func(v vars) *nd.Array { return v["a"].Clip(1.2, 1.7) }},
	{"round", "np.round(a, 1)", "", func(v vars) *nd.Array { return v["a"].Round(1) }},
	{"isclose", "np.isclose(a, b)", "", func(v vars) *nd.Array { return v["a"].IsClose(v["b"]) }},
	{"where", "np.where(mask, a, b)", "", func(v vars) *nd.Array { return v["mask"].Where(v["a"], v["b"]) }},
	{"copy of a transpose", "m.T.copy()", "", func(v vars) *nd.Array { return v["m"].T().Copy() }},
	{"byteswap", "a.byteswap()", "", func(v vars) *nd.Array { return v["a"].ByteSwap() }},
	{"astype of swapped bytes", "x.astype('f8')", "", func(v vars) *nd.Array { return v["x"].AsType(dtype.Float64) }},
	{"nonzero", "mask.nonzero()", "", func(v vars) *nd.Array { return v["mask"].NonZero()[0] }},
	{"a[i]", "a[i]", "", func(v vars) *nd.Array { return v["a"].Pick(nd.By(v["i"])) }},
	{"a[mask]", "a[mask]", "", func(v vars) *nd.Array { return v["a"].Pick(nd.By(v["mask"])) }},
	{"a[i] = b", "c[i] = b", "", func(v vars) *nd.Array { v["c"].SetPick(v["b"], nd.By(v["i"])); return nil }},
	{"a[mask] = number", "c[mask] = 1.5", "", func(v vars) *nd.Array { v["c"].SetPick(1.5, nd.By(v["mask"])); return nil }},
	{"take", "a.take(i)", "", func(v vars) *nd.Array { return v["a"].Take(v["i"]) }},
	{"stack", "np.stack([a, b])", "", func(v vars) *nd.Array { return nd.Stack([]*nd.Array{v["a"], v["b"]}) }},
	{"roll", "np.roll(a, 1)", "", func(v vars) *nd.Array { return v["a"].Roll(1) }},
	{"diff", "np.diff(a)", "", func(v vars) *nd.Array { return v["a"].Diff(1) }},
	{"sort", "np.sort(a)", "", func(v vars) *nd.Array { return nd.Sorted(v["a"]) }},
	{"argsort", "a.argsort()", "", func(v vars) *nd.Array { return v["a"].ArgSort() }},
	{"unique", "np.unique(i)", "", func(v vars) *nd.Array { return nd.Unique(v["i"]).Values }},
	{"reshape", "a.reshape(3, 3)", "", func(v vars) *nd.Array { return v["a"].Reshape(3, 3) }},
	{"transpose", "m.T", "", func(v vars) *nd.Array { return v["m"].T() }},
	{"zeros", "np.zeros(9)", "", func(v vars) *nd.Array { return nd.Zeros(dtype.Float64, 9) }},
	{"arange", "np.arange(9)", "", func(v vars) *nd.Array { return nd.Arange(9) }},
	{"m @ m", "m @ m", "", func(v vars) *nd.Array { return v["m"].MatMul(v["m"]) }},
	{"m @ w", "m @ w", "", func(v vars) *nd.Array { return v["m"].MatMul(v["w"]) }},
	{"a @ b", "a @ b", "", func(v vars) *nd.Array { return v["a"].Dot(v["b"]) }},
	{"outer", "np.outer(w, w)", "", func(v vars) *nd.Array { return v["w"].OuterProduct(v["w"]) }},
	{"einsum ij,j->i", "np.einsum('ij,j->i', m, w)", "", func(v vars) *nd.Array { return nd.Einsum("ij,j->i", v["m"], v["w"]) }},
	{"(a > b).any(), fused here", "(a > b).any()", "", func(v vars) *nd.Array { return v["a"].Lazy().Greater(v["b"]).AnyTrue().Eval() }},
	{"2*a + 3*b*c - a", "2*a + 3*b*c - a", "", func(v vars) *nd.Array {
		return v["a"].Multiply(2).Add(v["b"].Multiply(3).Multiply(v["c"])).Subtract(v["a"])
	}},
	{"2*a + 3*b*c - a, fused here", "2*a + 3*b*c - a", "", func(v vars) *nd.Array {
		b := v["b"].Lazy().Multiply(3).Multiply(v["c"])
		return v["a"].Lazy().Multiply(2).Add(b).Subtract(v["a"]).Eval()
	}},
}
