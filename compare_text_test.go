package nd

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestCompareText holds the order of strings of unlike lengths against that of Go, which is
// by code points as well.
func TestCompareText(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	letters := []rune("aab\u00e9\u20ac\U0001f600")
	text := func(most int) []string {
		s := make([]string, 300)
		for i := range s {
			for range r.IntN(most + 1) {
				s[i] += string(letters[r.IntN(len(letters))])
			}
		}
		return s
	}
	for _, most := range [][2]int{{1, 1}, {2, 3}, {9, 4}, {3, 70}} {
		x, y := text(most[0]), text(most[1])
		for name, got := range map[string]*Array{
			"<": Of(x).Less(Of(y)), "<=": Of(x).LessEqual(Of(y)), ">": Of(x).Greater(Of(y)), ">=": Of(x).GreaterEqual(Of(y)),
		} {
			for i := range x {
				want := map[string]bool{"<": x[i] < y[i], "<=": x[i] <= y[i], ">": x[i] > y[i], ">=": x[i] >= y[i]}[name]
				if got.At[bool](i) != want {
					t.Fatalf("%q %s %q: %v", x[i], name, y[i], !want)
				}
			}
		}
	}
}

// TestEqualText looks at items of each length that differ nowhere, and in one character at
// every place.
func TestEqualText(t *testing.T) {
	for size := 1; size <= 70; size++ {
		for _, wide := range []bool{false, true} {
			x, y := make([]string, size+1), make([]string, size+1)
			for i := range x {
				x[i] = strings.Repeat("a", size)
				y[i] = x[i]
				if i < size {
					y[i] = x[i][:i] + "b" + x[i][i+1:]
				}
			}
			a, b := Of(x), Of(y)
			if !wide {
				a, b = a.AsType(dtype.Bytes(size)), b.AsType(dtype.Bytes(size))
			}
			equal, unequal := a.Equal(b), a.NotEqual(b)
			for i := range x {
				if equal.At[bool](i) != (i == size) || unequal.At[bool](i) != (i < size) {
					t.Fatalf("%s: %q == %q is %v, != is %v", a.DType(), x[i], y[i], equal.At[bool](i), unequal.At[bool](i))
				}
			}
		}
	}
}
