package nd

import (
	"slices"
	"strings"
)

// A label names an axis in an einsum: a letter, or, for the axes that an ellipsis
// stands for, -1 for the last, -2 for the one before.
type label int

// subscripts is an einsum's string, read against the operands' numbers of axes.
type subscripts struct {
	in       [][]label // of each axis of each operand; letters may repeat
	out      []label
	ellipsis int // axes that "..." stands for
}

const einsum = "einsum"

// readSubscripts reads "ij,jk->ik". It accepts and refuses what NumPy's C code
// does (parse_operand_subscripts, parse_output_subscripts), in its words.
func readSubscripts(s string, ndim []int) (x subscripts) {
	if len(ndim) == 0 {
		fail(einsum, ErrValue, "must specify the einstein sum subscripts string and at least one operand, or at least one operand and its corresponding subscripts list")
	}
	for i, n := range ndim {
		end := strings.IndexAny(s, ",-")
		if end < 0 {
			end = len(s)
		}
		more := end < len(s) && s[end] == ','
		if i < len(ndim)-1 && !more {
			fail(einsum, ErrValue, "fewer operands provided to einstein sum function than specified in the subscripts string")
		}
		if i == len(ndim)-1 && more {
			fail(einsum, ErrValue, "more operands provided to einstein sum function than specified in the subscripts string")
		}
		labels, dots := readOperand(s[:end], i, n)
		x.in = append(x.in, labels)
		x.ellipsis = max(x.ellipsis, dots)
		s = s[end:]
		if more {
			s = s[1:]
		}
	}
	switch {
	case s == "":
		x.imply()
	case !strings.HasPrefix(s, "->"):
		fail(einsum, ErrValue, "einstein sum subscript string does not contain proper '->' output specified")
	default:
		x.readOutput(s[2:])
	}
	return x
}

// readOperand returns the labels of operand i with n axes, and how many of them
// are an ellipsis's.
func readOperand(s string, i, n int) (labels []label, dots int) {
	at := -1 // where the ellipsis is
	for p := 0; p < len(s); p++ {
		switch c := s[p]; {
		case c == ' ':
		case isLetter(c):
			if len(labels) == n {
				fail(einsum, ErrValue, "einstein sum subscripts string contains too many subscripts for operand %d", i)
			}
			labels = append(labels, label(c))
		case c == '.':
			if at >= 0 || !strings.HasPrefix(s[p:], "...") {
				fail(einsum, ErrValue, "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in operand %d", i)
			}
			at = len(labels)
			p += 2
		default:
			badLetter(c)
		}
	}
	if at < 0 {
		if len(labels) < n {
			fail(einsum, ErrValue, "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.")
		}
		return labels, 0
	}
	dots = n - len(labels)
	return slices.Insert(labels, at, ellipsisLabels(dots)...), dots
}

func ellipsisLabels(n int) (x []label) {
	for i := -n; i < 0; i++ {
		x = append(x, label(i))
	}
	return x
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func badLetter(c byte) {
	fail(einsum, ErrValue, "invalid subscript '%c' in einstein sum subscripts string, subscripts must be letters", c)
}

// count returns how often a label occurs in the operands.
func (x *subscripts) count(l label) (n int) {
	for _, in := range x.in {
		for _, k := range in {
			if k == l {
				n++
			}
		}
	}
	return n
}

// imply makes the output of a string without "->": the ellipsis, then the letters
// that occur once, in the order of the alphabet, capitals first.
func (x *subscripts) imply() {
	x.out = ellipsisLabels(x.ellipsis)
	for l := label('A'); l <= 'z'; l++ {
		if x.count(l) == 1 {
			x.out = append(x.out, l)
		}
	}
}

func (x *subscripts) readOutput(s string) {
	dots := false
	for p := 0; p < len(s); p++ {
		switch c := s[p]; {
		case c == ' ':
		case isLetter(c):
			if strings.IndexByte(s[p+1:], c) >= 0 {
				fail(einsum, ErrValue, "einstein sum subscripts string includes output subscript '%c' multiple times", c)
			}
			if x.count(label(c)) == 0 {
				fail(einsum, ErrValue, "einstein sum subscripts string included output subscript '%c' which never appeared in an input", c)
			}
			x.out = append(x.out, label(c))
		case c == '.':
			if dots || !strings.HasPrefix(s[p:], "...") {
				fail(einsum, ErrValue, "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in the output")
			}
			dots = true
			x.out = append(x.out, ellipsisLabels(x.ellipsis)...)
			p += 2
		default:
			badLetter(c)
		}
	}
	if !dots && x.ellipsis > 0 {
		fail(einsum, ErrValue, "output has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.")
	}
}

// walk returns the labels in the order of NumPy's iterator: the output's, then
// those summed, in the order of the alphabet.
func (x *subscripts) walk() []label {
	order := slices.Clone(x.out)
	for l := label('A'); l <= 'z'; l++ {
		if x.count(l) > 0 && !slices.Contains(x.out, l) {
			order = append(order, l)
		}
	}
	return order
}
