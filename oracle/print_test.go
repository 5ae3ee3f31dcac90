package oracle

import (
	"strings"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// TestGoldenPrint builds every array of the golden answers from its dtype, its
// shape and its bytes, and holds repr and str to NumPy's.
func TestGoldenPrint(t *testing.T) {
	littleEndian(t)
	topics, _ := corpus(t)
	ran := 0
	for _, topic := range topics {
		for _, want := range golden(t, "golden", topic) {
			d := descr(want.Descr)
			padded := d == "" || strings.Contains(d, "('', ") // offsets that a descr does not tell
			if want.Kind != "array" || want.Type != "ndarray" || padded || strings.Contains(want.Code, "set_printoptions") ||
				strings.Contains(want.Repr, "numpy.record") { // a dtype that only the calculator has
				continue
			}
			dt, err := dtype.Parse(strings.Trim(d, "'"))
			if err != nil {
				t.Errorf("%s: %v", want.ID, err)
				continue
			}
			a, err := rebuild(want, dt)
			if err != nil {
				t.Errorf("%s: %v\n%s", want.ID, err, indent(want.Code))
				continue
			}
			ran++
			if got := a.Repr(); got != want.Repr {
				t.Errorf("%s: repr\n\twant %s\n\tgot  %s", want.ID, want.Repr, got)
			}
			if got := a.String(); got != want.Str {
				t.Errorf("%s: str\n\twant %s\n\tgot  %s", want.ID, want.Str, got)
			}
		}
	}
	t.Logf("%d arrays printed", ran)
	if ran < least {
		t.Errorf("only %d arrays were printed, want at least %d", ran, least)
	}
}

// rebuild makes the array of an answer; a dtype without bytes has no items to read.
func rebuild(want answer, dt dtype.DType) (a *nd.Array, err error) {
	err = nd.Try(func() {
		if len(want.Data) == 0 {
			a = nd.Zeros(dt, want.Shape...)
			return
		}
		if a, err = nd.FromBytes(want.Data, dt); err == nil {
			a = a.Reshape(want.Shape...)
		}
	})
	return a, err
}
