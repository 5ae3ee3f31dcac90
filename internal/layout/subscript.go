package layout

import (
	"math"
	"strings"

	"github.com/stride-go/nd/internal/nderr"
)

// ParseSubscript reads what stands between the brackets of a[…] in NumPy's
// spelling: integers, slices "start:stop:step" with any part missing, "...",
// "None" (also "np.newaxis", "newaxis") and "Ellipsis", separated by commas; a
// comma may follow the last one. "()" is the empty index. Integers are
// Python's: signs, underscores, 0x, 0o and 0b. A slice bound beyond an int is
// cut off, as Python cuts it at the edge of the axis.
//
// Lists and masks are not basic indices, and are refused by that name.
func ParseSubscript(s string) ([]Item, error) {
	p := subscript{text: s}
	p.space()
	if p.rest() == "" {
		return nil, p.fail("expected an index")
	}
	if inner, ok := strings.CutPrefix(p.rest(), "("); ok && strings.TrimSpace(inner) == ")" {
		return nil, nil
	}
	var items []Item
	for {
		it, err := p.item()
		if err != nil {
			return nil, err
		}
		items = append(items, it)
		p.space()
		if p.rest() == "" {
			return items, nil
		}
		if !p.take(",") {
			return nil, p.fail("expected ',' or ':'")
		}
		p.space()
		if p.rest() == "" {
			return items, nil
		}
	}
}

type subscript struct {
	text string
	at   int
}

func (p *subscript) rest() string { return p.text[p.at:] }

func (p *subscript) space() {
	p.at = len(p.text) - len(strings.TrimLeft(p.rest(), " \t\r\n"))
}

func (p *subscript) take(word string) bool {
	if strings.HasPrefix(p.rest(), word) {
		p.at += len(word)
		return true
	}
	return false
}

func (p *subscript) fail(what string) error {
	return nderr.New("index", nderr.ErrIndex, "invalid subscript %q: %s at column %d", p.text, what, p.at+1)
}

func (p *subscript) item() (Item, error) {
	if p.take("...") {
		return Item{Kind: EllipsisItem}, nil
	}
	if c := first(p.rest()); c == '[' || c == '(' || c == 'T' || c == 'F' {
		return Item{}, p.fail("lists, tuples and masks are not basic indices,")
	}
	if isLetter(first(p.rest())) {
		return p.name()
	}
	start, hasStart, err := p.bound()
	if err != nil {
		return Item{}, err
	}
	p.space()
	if !p.take(":") {
		if !hasStart {
			return Item{}, p.fail("expected an index")
		}
		if start.clipped {
			return Item{}, p.fail("integer too large")
		}
		return Item{Kind: IntItem, Start: start.value}, nil
	}
	it := Item{Kind: SliceItem, Start: start.value, HasStart: hasStart}
	p.space()
	stop, hasStop, err := p.bound()
	if err != nil {
		return Item{}, err
	}
	it.Stop, it.HasStop = stop.value, hasStop
	p.space()
	if p.take(":") {
		p.space()
		step, hasStep, err := p.bound()
		if err != nil {
			return Item{}, err
		}
		it.Step, it.HasStep = step.value, hasStep
	}
	return it, nil
}

// name reads a word. None opens a slice too: "None:3" is ":3".
func (p *subscript) name() (Item, error) {
	word := p.word()
	switch word {
	case "None":
		mark := *p
		if p.space(); first(p.rest()) == ':' {
			// A missing bound: read the rest as if nothing stood before it.
			return p.item()
		}
		*p = mark
		return Item{Kind: NewAxisItem}, nil
	case "np.newaxis", "numpy.newaxis", "newaxis":
		return Item{Kind: NewAxisItem}, nil
	case "Ellipsis":
		return Item{Kind: EllipsisItem}, nil
	}
	p.at -= len(word)
	return Item{}, p.fail("unknown name")
}

func (p *subscript) word() string {
	n := 0
	for r := p.rest(); n < len(r) && (isLetter(r[n]) || r[n] == '.' || isDigit(r[n])); n++ {
	}
	w := p.rest()[:n]
	p.at += n
	return w
}

type bound struct {
	value   int
	clipped bool // the text names a larger integer
}

// bound reads an integer, None or nothing.
func (p *subscript) bound() (b bound, has bool, err error) {
	switch c := first(p.rest()); {
	case isLetter(c):
		if w := p.word(); w != "None" {
			p.at -= len(w)
			return b, false, p.fail("expected an integer")
		}
		return b, false, nil
	case c != '+' && c != '-' && !isDigit(c):
		return b, false, nil
	}
	negative := false
	for {
		if p.take("-") {
			negative = !negative
		} else if !p.take("+") {
			break
		}
		p.space()
	}
	b, err = p.digits()
	if negative {
		b.value = -b.value
	}
	return b, true, err
}

// digits reads the digits of an integer without a sign.
func (p *subscript) digits() (b bound, err error) {
	base, zeros := 10, false
	if r := p.rest(); len(r) > 1 && r[0] == '0' {
		switch r[1] | 0x20 {
		case 'x':
			base = 16
		case 'o':
			base = 8
		case 'b':
			base = 2
		default:
			zeros = true // "00" is an integer, "01" is not
		}
		if base != 10 {
			p.at += 2
		}
	}
	count, underscore := 0, base != 10 // "0x_f" is right, "_1" is not
	for ; ; p.at++ {
		c := first(p.rest())
		if c == '_' && (count > 0 || underscore) {
			if next := p.rest()[1:]; digit(first(next)) >= base {
				return b, p.fail("invalid integer")
			}
			continue
		}
		d := digit(c)
		if d >= base {
			break
		}
		count++
		if b.clipped || b.value > (math.MaxInt-d)/base {
			b = bound{math.MaxInt, true}
			continue
		}
		b.value = b.value*base + d
	}
	switch c := first(p.rest()); {
	case count == 0:
		return b, p.fail("expected an integer")
	case isLetter(c) || isDigit(c) || c == '.':
		return b, p.fail("expected an integer")
	case zeros && b.value != 0:
		return b, p.fail("leading zeros are not permitted")
	}
	return b, nil
}

func first(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' }

func digit(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return 99
}
