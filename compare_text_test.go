package nd

import (
	"math/rand/v2"
	"testing"
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
