package nd

import "strings"

// OtherAxes stands for "..." in the lists of EinsumLists.
const OtherAxes = -1

// EinsumLists is Einsum with the axes of each operand named by numbers from 0 to 51
// instead of letters; OtherAxes is "...":
//
//	nd.EinsumLists([]*nd.Array{a, b}, [][]int{{0, 1}, {1, 2}}, []int{0, 2}) // a @ b
//
// A nil out leaves the axes whose numbers occur once, in ascending order; an empty
// one sums everything. (NumPy: np.einsum(a, [0, 1], b, [1, 2], [0, 2]).) Options and
// errors are those of EinsumWith; a list that does not fit is ErrValue.
func EinsumLists(operands []*Array, lists [][]int, out []int, opts ...Option) *Array {
	if len(lists) != len(operands) {
		fail(einsum, ErrValue, "%d operands have %d subscripts lists", len(operands), len(lists))
	}
	if len(operands) == 0 {
		fail(einsum, ErrValue, "must provide at least an operand and a subscripts list to einsum")
	}
	var s strings.Builder
	for i, l := range lists {
		if i > 0 {
			s.WriteByte(',')
		}
		writeSubscripts(&s, l)
	}
	if out != nil {
		s.WriteString("->")
		writeSubscripts(&s, out)
	}
	return EinsumWith(s.String(), operands, opts...)
}

// writeSubscripts writes a list as letters, whose order is that of the numbers.
func writeSubscripts(s *strings.Builder, list []int) {
	rest := false
	for _, n := range list {
		switch {
		case n == OtherAxes && rest:
			fail(einsum, ErrValue, "each subscripts list may have only one ellipsis")
		case n == OtherAxes:
			rest = true
			s.WriteString("...")
		case n < 0 || n >= 52:
			fail(einsum, ErrValue, "subscript is not within the valid range [0, 52)")
		case n < 26:
			s.WriteByte('A' + byte(n))
		default:
			s.WriteByte('a' + byte(n-26))
		}
	}
}
