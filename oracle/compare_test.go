package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// differences lists what got has otherwise than want, one line each; none means
// that the answers agree. Strides count on axes longer than 1 of arrays that
// have items: elsewhere they are never used to find one.
func differences(want, got *answer) []string {
	var d []string
	note := func(what string, w, g any) {
		d = append(d, fmt.Sprintf("%s\n\twant %v\n\tgot  %v", what, w, g))
	}
	if !want.OK && want.Error == "SystemError" {
		return nil // NumPy itself broke: text that is no text
	}
	if want.OK != got.OK {
		note("outcome", outcome(want), outcome(got))
		return d
	}
	if !want.OK {
		if want.Error != got.Error {
			note("error", outcome(want), outcome(got))
		} else if want.Message != got.Message && !want.ClassOnly {
			note("message of "+want.Error, want.Message, got.Message)
		}
		if want.Stdout != got.Stdout {
			note("stdout", want.Stdout, got.Stdout)
		}
		return d
	}
	if want.Kind != got.Kind {
		note("kind", want.Kind, got.Kind)
	}
	if want.Type != got.Type {
		note("type", want.Type, got.Type)
	}
	if want.DType != got.DType {
		note("dtype", want.DType, got.DType)
	}
	if w, g := descr(want.Descr), descr(got.Descr); w != g {
		note("descr", w, g)
	}
	if !slices.Equal(want.Shape, got.Shape) {
		note("shape", want.Shape, got.Shape)
	} else if !slices.Equal(used(want), used(got)) {
		note("strides", want.Strides, got.Strides)
	}
	if want.Flags != nil && (got.Flags == nil || *want.Flags != *got.Flags) {
		note("flags", flags(want.Flags), flags(got.Flags))
	}
	same := sameData(want, got)
	if !same && !(want.Approximate && closeData(want, got)) {
		note("bytes", hex(want.Data), hex(got.Data))
	}
	// Text follows from the bytes: where the bytes may differ, so may the text.
	texts := []struct{ what, want, got string }{
		{"repr", want.Repr, got.Repr}, {"str", want.Str, got.Str}, {"stdout", want.Stdout, got.Stdout},
	}
	for _, x := range texts {
		if x.want == x.got || want.Approximate && (!same || closeText(x.want, x.got)) {
			continue
		}
		note(x.what, x.want, x.got)
	}
	return d
}

// outcome says in one line how an answer went.
func outcome(a *answer) string {
	if a.OK {
		return strings.ReplaceAll(a.Repr, "\n", "\n\t     ")
	}
	return a.Error + ": " + a.Message
}

// used returns the strides that find items.
func used(a *answer) []int {
	var s []int
	for i, n := range a.Shape {
		if n == 0 {
			return nil
		}
		if n > 1 && i < len(a.Strides) {
			s = append(s, a.Strides[i])
		}
	}
	return s
}

// descr returns a descr as the Python literal of an npy header.
func descr(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

func flags(f *flagSet) string {
	if f == nil {
		return "none"
	}
	return fmt.Sprintf("C=%t F=%t owndata=%t writeable=%t aligned=%t", f.C, f.F, f.OwnData, f.Writeable, f.Aligned)
}

// hex shows at most 64 bytes.
func hex(b []byte) string {
	if len(b) > 64 {
		return fmt.Sprintf("% x … (%d bytes)", b[:64], len(b))
	}
	return fmt.Sprintf("% x", b)
}

func TestDifferences(t *testing.T) {
	base := answer{OK: true, Kind: "array", Type: "ndarray", DType: "<f8", Shape: []int{2, 1}, Strides: []int{8, 8},
		Flags: &flagSet{C: true}, Repr: "r", Str: "s", Data: []byte{0, 0, 0, 0, 0, 0, 0xf0, 0x3f}}
	same := base
	same.Strides = []int{8, 99}
	if d := differences(&base, &same); d != nil {
		t.Errorf("the stride of a length-1 axis counts: %v", d)
	}
	changes := map[string]func(*answer){
		"kind":    func(a *answer) { a.Kind = "scalar" },
		"type":    func(a *answer) { a.Type = "memmap" },
		"dtype":   func(a *answer) { a.DType = ">f8" },
		"descr":   func(a *answer) { a.Descr = json.RawMessage(`"x"`) },
		"shape":   func(a *answer) { a.Shape = []int{2} },
		"strides": func(a *answer) { a.Strides = []int{16, 8} },
		"flags":   func(a *answer) { a.Flags = &flagSet{C: true, F: true} },
		"bytes":   func(a *answer) { a.Data = []byte{1, 0, 0, 0, 0, 0, 0xf0, 0x3f} },
		"repr":    func(a *answer) { a.Repr = "R" },
		"str":     func(a *answer) { a.Str = "S" },
		"stdout":  func(a *answer) { a.Stdout = "out" },
		"outcome": func(a *answer) { a.OK, a.Error = false, "ValueError" },
	}
	for what, change := range changes {
		got := base
		change(&got)
		if d := differences(&base, &got); len(d) != 1 || !strings.HasPrefix(d[0], what) {
			t.Errorf("%s: differences %q", what, d)
		}
	}
	failed := answer{Error: "ValueError", Message: "a"}
	other := answer{Error: "ValueError", Message: "b"}
	if d := differences(&failed, &other); len(d) != 1 {
		t.Errorf("another message: differences %q", d)
	}
	failed.ClassOnly = true
	if d := differences(&failed, &other); d != nil {
		t.Errorf("class only: differences %q", d)
	}
	rough := base
	rough.Approximate = true
	near := base
	near.Data, near.Repr = []byte{1, 0, 0, 0, 0, 0, 0xf0, 0x3f}, "R"
	if d := differences(&rough, &near); d != nil {
		t.Errorf("1 ulp: differences %q", d)
	}
	near.Data = []byte{2, 0, 0, 0, 0, 0, 0xf0, 0x3f}
	if d := differences(&rough, &near); len(d) != 1 {
		t.Errorf("2 ulp of float64: differences %q", d)
	}
}
