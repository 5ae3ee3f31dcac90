package calc

import (
	"encoding/json"
	"os"
	"testing"
)

type golden struct {
	Code, Repr, Stdout, Error, Message string
}

func readGolden(t *testing.T) []golden {
	t.Helper()
	text, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []golden
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) < 500 {
		t.Fatalf("only %d golden answers", len(all))
	}
	return all
}

// TestGolden holds every answer against CPython 3.11: value, output, class and
// words of the exception.
func TestGolden(t *testing.T) {
	littleEndian(t)
	differ := readDiffer(t)
	for _, g := range readGolden(t) {
		in := New(Limits{})
		r, err := in.Run(g.Code, nil)
		got := golden{Code: g.Code, Stdout: r.Stdout}
		if err != nil {
			e := err.(*Error)
			got.Error, got.Message = e.Class, e.Message
		} else if !r.IsNone() {
			got.Repr, err = r.Repr()
			if err != nil {
				t.Errorf("%s\nrepr: %v", g.Code, err)
			}
		}
		if got != g {
			if differ[g.Code] {
				continue
			}
			t.Errorf("%s\n got %+v\nwant %+v", g.Code, got, g)
		} else if differ[g.Code] {
			t.Errorf("%s\nagrees with CPython, but differ.txt lists it", g.Code)
		}
	}
}
