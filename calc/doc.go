// Package calc is a calculator that speaks NumPy's syntax: a tree-walking
// interpreter of the part of Python that array work needs, with NumPy's names.
//
// A program embeds it in three lines:
//
//	in := calc.New(calc.Limits{})
//	r, err := in.Run("sum(x * 2 for x in range(n))", map[string]any{"n": 10})
//	fmt.Println(r.Repr())
//
// The scanner makes tokens, the parser a tree, the evaluator walks the tree.
// Values print, compare, hash and fail as CPython's do, so every answer can be
// held against Python. What the language lacks answers NameError,
// AttributeError or SyntaxError, never a wrong value.
//
// Arithmetic on large arrays is fused: the terms of an expression that nobody can
// see are computed in one pass and never become arrays (terms.go).
//
// A stranger's code is bounded: by steps, by bytes, by depth of recursion and
// of nesting, and by the length of its output (see [Limits]).
package calc
