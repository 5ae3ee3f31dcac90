package layout

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

func at(i int) Item { return Item{Kind: IntItem, Start: i} }

func TestParseSubscript(t *testing.T) {
	full := Item{}
	newAxis, ellipsis := Item{Kind: NewAxisItem}, Item{Kind: EllipsisItem}
	for text, want := range map[string][]Item{
		"()":                        nil,
		" ( ) ":                     nil,
		"1":                         {at(1)},
		"-1":                        {at(-1)},
		"- -+1":                     {at(1)},
		"1,":                        {at(1)},
		"1_000, 0x_ff, 0B101, 0o17": {at(1000), at(255), at(5), at(15)},
		"00":                        {at(0)},
		":":                         {full},
		"::":                        {full},
		"None:None:None":            {full},
		"1:3, ::2, ..., None, -1": {
			{Start: 1, HasStart: true, Stop: 3, HasStop: true}, {Step: 2, HasStep: true}, ellipsis, newAxis, at(-1)},
		"1 : -3 : +2":                  {{Start: 1, HasStart: true, Stop: -3, HasStop: true, Step: 2, HasStep: true}},
		"None:3":                       {{Stop: 3, HasStop: true}},
		"None :3":                      {{Stop: 3, HasStop: true}},
		"None,3":                       {newAxis, at(3)},
		":None:-1":                     {{Step: -1, HasStep: true}},
		"np.newaxis, Ellipsis,newaxis": {newAxis, ellipsis, newAxis},
		":99999999999999999999":        {{Stop: math.MaxInt, HasStop: true}},
		"-99999999999999999999:":       {{Start: -math.MaxInt, HasStart: true}},
		"\t:\n,1 ":                     {full, at(1)},
	} {
		got, err := ParseSubscript(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %+v, %v; want %+v", text, got, err, want)
		}
	}
}

func TestParseSubscriptErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "expected an index at column 1",
		",":                    "expected an index at column 1",
		"1,,2":                 "expected an index at column 3",
		"1 2":                  "expected ',' or ':' at column 3",
		"1:2:3:4":              "expected ',' or ':' at column 6",
		"1.5":                  "expected an integer at column 2",
		"1e3":                  "expected an integer at column 2",
		"x":                    "unknown name at column 1",
		"1:x":                  "expected an integer at column 3",
		"01":                   "leading zeros are not permitted at column 3",
		"1__0":                 "invalid integer at column 2",
		"1_":                   "invalid integer at column 2",
		"_1":                   "unknown name at column 1",
		"0x":                   "expected an integer at column 3",
		"-":                    "expected an integer at column 2",
		"....":                 "expected ',' or ':' at column 4",
		"[0, 1]":               "lists, tuples and masks are not basic indices, at column 1",
		"True":                 "lists, tuples and masks are not basic indices, at column 1",
		"99999999999999999999": "integer too large at column 21",
		"0:1)":                 "expected ',' or ':' at column 4",
		"'age'":                "expected an index at column 1",
	} {
		_, err := ParseSubscript(text)
		if err == nil {
			t.Errorf("%q was accepted", text)
			continue
		}
		message(t, err, nderr.ErrIndex, "invalid subscript "+quote(text)+": "+want)
	}
}

func quote(s string) string { return `"` + s + `"` }

func FuzzParseSubscript(f *testing.F) {
	for _, s := range []string{"1:3, ::2, ..., None, -1", "()", "0x_f:", "None:None", "[0]", "1__0", "--", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		items, err := ParseSubscript(s)
		if err != nil {
			if !strings.Contains(err.Error(), "at column") {
				t.Error(err)
			}
			return
		}
		// What is read applies to an array of enough axes, or is refused there.
		l := Layout{make([]int, 8), make([]int, 8), 0}
		for k := range l.Shape {
			l.Shape[k], l.Strides[k] = 3, 1
		}
		if v, err := View(l, items...); err == nil && len(v.Shape) > MaxDims {
			t.Error(v)
		}
	})
}
