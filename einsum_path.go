package nd

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// EinsumOrder says how EinsumPath finds the order of the products. The zero value is
// NumPy's default.
type EinsumOrder struct {
	// Rule is "greedy" or "", "optimal", which tries every order, or "all": one
	// product of all operands at once, NumPy's optimize=False.
	Rule string
	// Limit is how many items a product may have on the way; 0 stands for those of
	// the largest operand or of the result, and below 0 none is small enough.
	Limit int
	// Path, if it is not nil, is the order.
	Path [][]int
}

const einsumPath = "einsum_path"

// EinsumPath returns the order in which the operands of an einsum are multiplied and a
// report of what each product takes. Each step of the path names the positions of the
// terms that are multiplied, whose product then stands behind those left; the report
// is NumPy's, character by character. (An ellipsis stands there as letters that the
// subscripts leave free, the last ones of the alphabet.)
//
// Einsum itself multiplies in the greedy order, whatever room its products take.
//
// It panics with ErrValue in the words of np.einsum_path, which are not those of
// Einsum, and with ErrIndex if Path names a term that is not there.
func EinsumPath(subscripts string, operands []*Array, order EinsumOrder) (path [][]int, report string) {
	shapes := make([][]int, len(operands))
	for i, a := range operands {
		a.use(einsumPath)
		shapes[i] = a.lay.Shape
	}
	p := readPathSubscripts(subscripts, shapes)
	p.measure(shapes)
	path = p.find(order)
	return path, p.report(path)
}

// pathCase is an einsum as EinsumPath sees it: a letter for each axis.
type pathCase struct {
	ordering
	in     []string
	outs   string
	joined string // of in, between commas
}

// lettersOf returns the labels of letters.
func lettersOf(s string) []label {
	x := make([]label, len(s))
	for i := range x {
		x[i] = label(s[i])
	}
	return x
}

// sized is the number of items over letters.
func (p *pathCase) sized(letters string) float64 {
	n := 1.0
	for _, l := range lettersOf(letters) {
		if l == ',' { // a comma in the output
			fail(einsumPath, ErrNotFound, "','")
		}
		n *= p.length[l.number()]
	}
	return n
}

// measure takes the length of each letter from the shapes.
func (p *pathCase) measure(shapes [][]int) {
	var seen [axisNumbers]bool
	for i, letters := range p.in {
		if len(shapes[i]) != len(letters) {
			if i >= len(p.joined) {
				fail(einsumPath, ErrIndex, "string index out of range")
			}
			fail(einsumPath, ErrValue, "Einstein sum subscript %c does not contain the correct number of indices for operand %d.", p.joined[i], i)
		}
		for k, l := range lettersOf(letters) {
			d, have := float64(shapes[i][k]), &p.length[l.number()]
			switch {
			case !seen[l.number()] || *have == 1:
				*have, seen[l.number()] = d, true
			case d != 1 && d != *have:
				fail(einsumPath, ErrValue, "Size of label '%c' for operand %d (%.0f) does not match previous terms (%.0f).", rune(l), i, *have, d)
			}
		}
	}
}

// terms returns the axes of each operand.
func (p *pathCase) terms() []axisSet {
	x := make([]axisSet, len(p.in))
	for i, letters := range p.in {
		x[i] = axesOf(lettersOf(letters))
	}
	return x
}

// find returns the path.
func (p *pathCase) find(order EinsumOrder) [][]int {
	terms := p.terms()
	var all axisSet
	limit := p.sized(p.outs)
	for i, t := range terms {
		all = all.or(t)
		limit = max(limit, p.sized(p.in[i]))
	}
	if order.Limit != 0 {
		limit = float64(order.Limit)
	}
	p.out = axesOf(lettersOf(p.outs))
	switch {
	case order.Path != nil:
		return order.Path
	case order.Rule == "all", len(terms) <= 2, all == p.out:
		return [][]int{allOf(len(terms))}
	case order.Rule == "", order.Rule == "greedy":
		_, summed, _ := p.contract(terms, allOf(len(terms))...)
		return p.greedy(terms, limit, p.cost(all, summed, len(terms)))
	case order.Rule == "optimal":
		return p.optimal(terms, limit)
	}
	fail(einsumPath, ErrValue, "Path name %s not found", order.Rule)
	return nil
}

// report walks the path and writes what NumPy prints of it.
func (p *pathCase) report(path [][]int) string {
	var lines strings.Builder
	names, terms := slices.Clone(p.in), p.terms()
	spent, most, scale := 1.0, 0.0, 0
	for step, positions := range path {
		at := slices.SortedFunc(slices.Values(positions), func(a, b int) int { return cmp.Compare(b, a) })
		product, summed, all := p.contract(terms, at...)
		terms = replaced(terms, product, at...)
		spent += p.cost(all, summed, len(at))
		scale, most = max(scale, all.count()), max(most, p.size(product))
		var taken []string
		for _, i := range at {
			names, taken = popped(names, taken, i)
		}
		name := p.outs
		if step < len(path)-1 {
			name = p.named(product)
		}
		names = append(names, name)
		fmt.Fprintf(&lines, "\n%4d    %24s %40s", all.count(), strings.Join(taken, ",")+"->"+name, strings.Join(names, ",")+"->"+p.outs)
	}
	if len(names) != 1 {
		fail(einsumPath, ErrValue, "Invalid einsum_path is specified: %d more operands has to be contracted.", len(names)-1)
	}
	if len(path) == 0 {
		fail(einsumPath, ErrValue, "max() arg is an empty sequence")
	}
	var all axisSet
	axes := 0
	for _, t := range p.terms() {
		all, axes = all.or(t), axes+t.count()
	}
	var summed axisSet
	if axes > all.count() {
		summed = all // some are, which is all that counts
	}
	naive := p.cost(all, summed, len(p.in))
	rule := strings.Repeat("-", 74)
	return fmt.Sprintf("  Complete contraction:  %s->%s\n", p.joined, p.outs) +
		fmt.Sprintf("         Naive scaling:  %d\n", all.count()) +
		fmt.Sprintf("     Optimized scaling:  %d\n", scale) +
		fmt.Sprintf("      Naive FLOP count:  %.3e\n", naive) +
		fmt.Sprintf("  Optimized FLOP count:  %.3e\n", spent) +
		fmt.Sprintf("   Theoretical speedup:  %.3f\n", naive/spent) +
		fmt.Sprintf("  Largest intermediate:  %.3e elements\n", most) +
		rule + fmt.Sprintf("\n%6s %24s %40s\n", "scaling", "current", "remaining") + rule + lines.String()
}

// popped moves name i, counted from the end if it is negative, to the names taken.
func popped(names, taken []string, i int) (rest, more []string) {
	if len(names) == 0 {
		fail(einsumPath, ErrIndex, "pop from empty list")
	}
	if i < 0 {
		i += len(names)
	}
	if i < 0 || i >= len(names) {
		fail(einsumPath, ErrIndex, "pop index out of range")
	}
	more = append(taken, names[i])
	return slices.Delete(names, i, i+1), more
}

// named returns the letters of a product, those of short axes first.
func (p *pathCase) named(axes axisSet) string {
	var letters []byte
	for c := byte('A'); c <= 'z'; c++ {
		if isLetter(c) && axes.and(axesOf([]label{label(c)})) != (axisSet{}) {
			letters = append(letters, c)
		}
	}
	slices.SortStableFunc(letters, func(a, b byte) int {
		return cmp.Compare(p.length[label(a).number()], p.length[label(b).number()])
	})
	return string(letters)
}

// readPathSubscripts reads "ij,jk->ik" as np.einsum_path does, in whose words it
// complains (_parse_einsum_input).
func readPathSubscripts(s string, shapes [][]int) *pathCase {
	s = strings.ReplaceAll(s, " ", "")
	for _, c := range s {
		if !strings.ContainsRune(".,->", c) && (c > math.MaxInt8 || !isLetter(byte(c))) {
			fail(einsumPath, ErrValue, "Character %c is not a valid symbol.", c)
		}
	}
	if strings.ContainsAny(s, "->") && (strings.Count(s, "-") > 1 || strings.Count(s, ">") > 1 || !strings.Contains(s, "->")) {
		fail(einsumPath, ErrValue, "Subscripts can only contain one '->'.")
	}
	inputs, out, explicit := strings.Cut(s, "->")
	p := &pathCase{in: strings.Split(inputs, ",")}
	var free string // the letters of the ellipsis
	if strings.Contains(s, ".") {
		free = p.spell(shapes, s)
		out = strings.ReplaceAll(out, "...", free)
	}
	p.joined = strings.Join(p.in, ",")
	if !explicit {
		out = free
		all := strings.ReplaceAll(p.joined, ",", "")
		for c := byte('A'); c <= 'z'; c++ {
			if strings.Count(all, string(c)) == 1 && strings.IndexByte(free, c) < 0 {
				out += string(c)
			}
		}
	}
	for _, c := range out {
		if strings.Count(out, string(c)) != 1 {
			fail(einsumPath, ErrValue, "Output character %c appeared more than once in the output.", c)
		}
		if !strings.ContainsRune(p.joined, c) {
			fail(einsumPath, ErrValue, "Output character %c did not appear in the input", c)
		}
	}
	if len(p.in) != len(shapes) {
		fail(einsumPath, ErrValue, "Number of einsum subscripts must be equal to the number of operands.")
	}
	p.outs = out
	return p
}

// spell writes letters that s does not use for each ellipsis of the inputs and returns
// those of the longest.
func (p *pathCase) spell(shapes [][]int, s string) string {
	var unused string
	for c := byte('A'); c <= 'z'; c++ {
		if isLetter(c) && strings.IndexByte(s, c) < 0 {
			unused += string(c)
		}
	}
	longest := 0
	for i, letters := range p.in {
		if !strings.Contains(letters, ".") {
			continue
		}
		if strings.Count(letters, ".") != 3 || !strings.Contains(letters, "...") {
			fail(einsumPath, ErrValue, "Invalid Ellipses.")
		}
		if i >= len(shapes) {
			fail(einsumPath, ErrIndex, "list index out of range")
		}
		n := len(shapes[i])
		if n > 0 {
			n -= len(letters) - 3
		}
		if longest = max(longest, n); n < 0 {
			fail(einsumPath, ErrValue, "Ellipses lengths do not match.")
		}
		p.in[i] = strings.Replace(letters, "...", unused[len(unused)-min(n, len(unused)):], 1)
	}
	return unused[len(unused)-min(longest, len(unused)):]
}
