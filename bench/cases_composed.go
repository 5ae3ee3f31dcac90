package main

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// A composedCase is an operation on vectors a, b, q, places i, small integers j, a mask, a
// square matrix m and a vector w as long as its side; setup is run once on both sides.
type composedCase struct {
	op, python, setup string
	call              func(v vars) *nd.Array
}

// composed are operations made of others, subscripts by arrays and joins, with -full alone.
func composed(full bool) (out []*benchCase) {
	if !full {
		return nil
	}
	for _, side := range []int{31, 316} {
		n := side * side
		inputs := []input{{"a", "f8", []int{n}, "signed"}, {"b", "f8", []int{n}, "above 1"}, {"q", "f8", []int{n}, "signed"}, {"i", "i8", []int{n}, "index:900"}, {"j", "i8", []int{n}, "index:97"},
			{"mask", "?", []int{n}, "mask"}, {"m", "f8", []int{side, side}, ""}, {"w", "f8", []int{side}, ""}}
		for _, c := range composedCases {
			out = append(out, &benchCase{op: c.op, dtype: "f8", layout: "C", n: n, inputs: inputs, setup: composedSetup + c.setup, python: c.python, target: 1,
				golang: func(v vars) func() {
					v["c"], v["s"] = nd.Zeros(dtype.Float64, n), nd.Sorted(v["a"])
					v["z"] = v["a"].Add(v["b"].Multiply(1i))
					v["r"] = v["j"].Slice(nd.To(side)).Remainder(side)
					return func() { sink = c.call(v) }
				}})
		}
	}
	return out
}

const composedSetup = "c = np.zeros(a.size); s = np.sort(a); z = a + 1j*b; r = j[:len(w)] % len(w)\n"

var composedCases = []composedCase{
	{"a[i] = b", "c[i] = b", "", func(v vars) *nd.Array { v["c"].SetPick(v["b"], nd.By(v["i"])); return nil }},
	{"a[mask] = number", "c[mask] = 1.5", "", func(v vars) *nd.Array { v["c"].SetPick(1.5, nd.By(v["mask"])); return nil }},
	{"m[rows]", "m[r]", "", func(v vars) *nd.Array { return v["m"].Pick(nd.By(v["r"])) }},
	{"m[:, columns]", "m[:, r]", "", func(v vars) *nd.Array { return v["m"].Pick(nd.All, nd.By(v["r"])) }},
	{"m[rows, columns]", "m[r, r]", "", func(v vars) *nd.Array { return v["m"].Pick(nd.By(v["r"]), nd.By(v["r"])) }},
	{"take along axis", "np.take_along_axis(m, k, 1)", "k = m.argsort(axis=1)", func(v vars) *nd.Array {
		if v["k"] == nil {
			v["k"] = v["m"].ArgSort(nd.Axis(1))
		}
		return v["m"].TakeAlongAxis(v["k"], 1)
	}},
	{"concatenate", "np.concatenate([a, b])", "", func(v vars) *nd.Array { return nd.Concatenate([]*nd.Array{v["a"], v["b"]}) }},
	{"hstack", "np.hstack([m, m])", "", func(v vars) *nd.Array { return nd.HStack([]*nd.Array{v["m"], v["m"]}) }},
	{"stack along the last axis", "np.stack([a, b], axis=1)", "", func(v vars) *nd.Array { return nd.Stack([]*nd.Array{v["a"], v["b"]}, nd.Axis(1)) }},
	{"pad", "np.pad(m, 1, mode='edge')", "", func(v vars) *nd.Array { return nd.Pad(v["m"], [][2]int{{1, 1}}, nd.PadEdge, 0) }},
	{"roll", "np.roll(m, 1, axis=1)", "", func(v vars) *nd.Array { return v["m"].Roll(1, nd.Axis(1)) }},
	{"tile", "np.tile(w, (len(w), 1))", "", func(v vars) *nd.Array { return v["w"].Tile(v["w"].Size(), 1) }},
	{"insert", "np.insert(a, [1], 5)", "", func(v vars) *nd.Array { return nd.Insert(v["a"], 0, []int{1}, 5) }},
	{"delete", "np.delete(a, [1])", "", func(v vars) *nd.Array { return nd.Delete(v["a"], 0, 1) }},
	{"where", "np.where(a > 0, a, b)", "", func(v vars) *nd.Array { return v["a"].Greater(0).Where(v["a"], v["b"]) }},
	{"choose", "np.choose(j % 2, [a, b])", "", func(v vars) *nd.Array {
		return v["j"].Remainder(2).Choose([]*nd.Array{v["a"], v["b"]})
	}},
	{"add where mask", "np.add(a, b, where=mask, out=c)", "", func(v vars) *nd.Array { return v["a"].Add(v["b"], nd.Where(v["mask"]), nd.Out(v["c"])) }},
	{"diff", "np.diff(a)", "", func(v vars) *nd.Array { return v["a"].Diff(1) }},
	{"gradient", "np.gradient(a)", "", func(v vars) *nd.Array { return nd.Gradient(v["a"])[0] }},
	{"trapezoid", "np.trapezoid(a)", "", func(v vars) *nd.Array { return v["a"].Trapezoid() }},
	{"interp", "np.interp(q, s, b)", "", func(v vars) *nd.Array { return nd.Interp(v["q"], v["s"], v["b"]) }},
	{"cov", "np.cov(m)", "", func(v vars) *nd.Array { return nd.Cov(v["m"], nil) }},
	{"average", "np.average(a, weights=b)", "", func(v vars) *nd.Array { return v["a"].Average(v["b"]) }},
	{"median", "np.median(a)", "", func(v vars) *nd.Array { return v["a"].Median() }},
	{"percentile", "np.percentile(a, 90)", "", func(v vars) *nd.Array { return v["a"].Percentile(90) }},
	{"nanmax", "np.nanmax(a)", "", func(v vars) *nd.Array { return v["a"].NanMax() }},
	{"nanmean", "np.nanmean(a)", "", func(v vars) *nd.Array { return v["a"].NanMean() }},
	{"nan_to_num", "np.nan_to_num(a)", "", func(v vars) *nd.Array { return v["a"].NanToNum() }},
	{"isclose", "np.isclose(a, q)", "", func(v vars) *nd.Array { return v["a"].IsClose(v["q"]) }},
	{"histogram", "np.histogram(a, 100)", "", func(v vars) *nd.Array { h, _ := nd.Histogram(v["a"], 100); return h }},
	{"bincount", "np.bincount(j)", "", func(v vars) *nd.Array { return nd.BinCount(v["j"]) }},
	{"digitize", "np.digitize(a, s[:9])", "", func(v vars) *nd.Array { return v["a"].Digitize(v["s"].Slice(nd.To(9))) }},
	{"unique", "np.unique(j)", "", func(v vars) *nd.Array { return nd.Unique(v["j"]).Values }},
	{"isin", "np.isin(i, j)", "", func(v vars) *nd.Array { return nd.IsIn(v["i"], v["j"]) }},
	{"lexsort", "np.lexsort((i, j))", "", func(v vars) *nd.Array { return nd.LexSort([]*nd.Array{v["i"], v["j"]}) }},
	{"sort columns", "np.sort(m, axis=0)", "", func(v vars) *nd.Array { return nd.Sorted(v["m"], nd.Axis(0)) }},
	{"integers // 7", "np.floor_divide(j, 7, out=k)", "k = np.zeros_like(j)", func(v vars) *nd.Array { return v["j"].FloorDivide(7, nd.Out(v.same("k", "j"))) }},
	{"integers % 7", "np.remainder(j, 7, out=k)", "k = np.zeros_like(j)", func(v vars) *nd.Array { return v["j"].Remainder(7, nd.Out(v.same("k", "j"))) }},
	{"integers ** 2", "np.power(j, 2, out=k)", "k = np.zeros_like(j)", func(v vars) *nd.Array { return v["j"].Power(2, nd.Out(v.same("k", "j"))) }},
	{"a % b", "np.remainder(a, b, out=c)", "", func(v vars) *nd.Array { return v["a"].Remainder(v["b"], nd.Out(v["c"])) }},
	{"a ** 2", "np.power(a, 2, out=c)", "", func(v vars) *nd.Array { return v["a"].Power(2, nd.Out(v["c"])) }},
	{"sign", "np.sign(a, out=c)", "", func(v vars) *nd.Array { return v["a"].Sign(nd.Out(v["c"])) }},
	{"copysign", "np.copysign(a, q, out=c)", "", func(v vars) *nd.Array { return v["a"].CopySign(v["q"], nd.Out(v["c"])) }},
	{"logaddexp", "np.logaddexp(a, b, out=c)", "", func(v vars) *nd.Array { return v["a"].LogAddExp(v["b"], nd.Out(v["c"])) }},
	{"complex multiply", "np.multiply(z, z, out=k)", "k = np.zeros_like(z)", func(v vars) *nd.Array { return v["z"].Multiply(v["z"], nd.Out(v.same("k", "z"))) }},
	{"complex absolute", "np.absolute(z, out=c)", "", func(v vars) *nd.Array { return v["z"].Absolute(nd.Out(v["c"])) }},
	{"steps: s + s", "np.add(a[::2], b[::2], out=c[::2])", "", func(v vars) *nd.Array {
		return v["a"].Slice(nd.Step(2)).Add(v["b"].Slice(nd.Step(2)), nd.Out(v["c"].Slice(nd.Step(2))))
	}},
	{"matrix + column", "np.add(m, w[:, None], out=k)", "k = np.zeros_like(m)", func(v vars) *nd.Array { return v["m"].Add(v["w"].ExpandDims(1), nd.Out(v.same("k", "m"))) }},
	{"transpose + transpose", "np.add(m.T, m.T, out=k.T)", "k = np.zeros_like(m)", func(v vars) *nd.Array { return v["m"].T().Add(v["m"].T(), nd.Out(v.same("k", "m").T())) }},
	{"integers + floats", "np.add(j, a, out=c)", "", func(v vars) *nd.Array { return v["j"].Add(v["a"], nd.Out(v["c"])) }},
	{"einsum ij,j->i", "np.einsum('ij,j->i', m, w)", "", func(v vars) *nd.Array { return nd.Einsum("ij,j->i", v["m"], v["w"]) }},
}
