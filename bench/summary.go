package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// summaryLine is a line of README.md's table: the ratios of some cases.
type summaryLine struct {
	says  string
	cases []string       // names of cases, whose ratios follow each other
	span  *regexp.Regexp // if not nil: the least and the greatest ratio of the cases that match
}

var summaryLines = []summaryLine{
	{"8 items: add into `Out`, times 2.0, slice, read one", []string{"add out f8 C 8", "multiply by 2.0 fresh f8 C 8", "slice f8 C 8", "scalar read f8 C 8"}, nil},
	{"9 items: `sum(axis=0)`, argmax of every second, concatenate, `(2*a + b).sum()` in one pass", []string{"sum axis=0 f8 C 9", "argmax of steps f8 C 9", "concatenate f8 C 9", "(2*a + b).sum(), fused here f8 C 9"}, nil},
	{"1,000 items: add into `Out`, sum, max, var", []string{"add out f8 C 1000", "sum f8 C 1000", "max f8 C 1000", "var f8 C 1000"}, nil},
	{"100,000 items: add into `Out`, sum, `a[mask]`, where", []string{"add out f8 C 100000", "sum f8 C 100000", "a[mask] f8 C 100000", "where f8 C 100000"}, nil},
	{"10,000,000 items: add into `Out`, sum, var, cumulative sum", []string{"add out f8 C 10000000", "sum f8 C 10000000", "var f8 C 10000000", "cumsum f8 C 10000000"}, nil},
	{"exp, log, sin, tanh, power of 1,000,000", []string{"exp f8 C 1000000", "log f8 C 1000000", "sin f8 C 1000000", "tanh f8 C 1000000", "power f8 C 1000000"}, nil},
	{"the same in float32", []string{"exp f4 C 1000000", "log f4 C 1000000", "sin f4 C 1000000", "tanh f4 C 1000000", "power f4 C 1000000"}, nil},
	{"copy of a 4000×4000 transposed, reversed, byte-swapped", []string{"copy f8 T 16000000", "copy f8 [::-1, ::-1] 16000000", "byte swap f8 C 16000000"}, nil},
	{"sort, argsort of 1,000,000", []string{"sort f8 C 1000000", "argsort f8 C 1000000"}, nil},
	{"argsort, median of 10,000 rows of 40", []string{"argsort of rows f8 10000×40 400000", "median of rows f8 10000×40 400000"}, nil},
	{"matrix product 1024×1024, one thread and all cores", []string{"a @ b f8 1024×1024 1048576", "a @ b f8 1024×1024 1048576 all"}, nil},
	{"`((a-b)**2).sum()` in one pass (`a.Lazy()`), all cores, against NumPy and against numexpr", []string{"((a-b)**2).sum() f8 C 10000000 all", "((a-b)**2).sum() f8 C 10000000 vs numexpr all"}, nil},
	{"gonum's time over nd's: matrix product 256×256, dot and add of 100,000", []string{"a @ b f8 256×256 65536 vs gonum", "dot f8 C 100000 vs gonum", "add out f8 C 100000 vs gonum"}, nil},
	{"a fresh result of 1,000 and of 100,000 items: add, float64 and float32", nil, regexp.MustCompile(`^add fresh f\d C 1000(00)?$`)},
	{"`take` and `a[indices]` at random places, 1,000 to 10,000,000 items", nil, regexp.MustCompile(`^(take|a\[indices\]) f8 `)},
	{"matrix products 64×64 and 256×256, float64 and float32, one thread", nil, regexp.MustCompile(`^a(\.T)? @ b(\.T)? f\d (64×64 4096|256×256 65536)$`)},
	{"sum, mean, min, max, argmax of 10,000,000, float64 and float32", nil, regexp.MustCompile(`^(sum|mean|min|max|argmax) f\d C 10000000$`)},
	{"sum, max, argmax of 10,000,000 and both axis sums of 4000×4000, all cores", nil, regexp.MustCompile(`^(sum|max|argmax|sum axis=\d) f8 C 1\d000000 all$`)},
}

// ratios returns what stands beside a line, "" if one of its cases was not run.
func (l summaryLine) ratios(byName map[string]float64) string {
	var texts []string
	for _, name := range l.cases {
		ratio, ran := byName[name]
		if !ran {
			return ""
		}
		texts = append(texts, twoDigits(ratio))
	}
	if l.span == nil {
		return strings.Join(texts, ", ")
	}
	var all []float64
	for name, ratio := range byName {
		if l.span.MatchString(name) {
			all = append(all, ratio)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return twoDigits(slices.Min(all)) + " to " + twoDigits(slices.Max(all))
}

// twoDigits prints a ratio as exactly as it can be had again.
func twoDigits(ratio float64) string {
	if ratio >= 9.95 {
		return fmt.Sprintf("%.0f", ratio)
	}
	if ratio >= 0.995 {
		return fmt.Sprintf("%.1f", ratio)
	}
	return fmt.Sprintf("%.2f", ratio)
}

// summary writes the table of README.md, of the lines whose cases were run.
func summary(machine string, results []result) string {
	byName := map[string]float64{}
	for i := range results {
		byName[results[i].name()] = results[i].Ratio
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s:\n\n| float64, one thread, unless it says otherwise | ratio |\n|---|---|\n", machine)
	for _, l := range summaryLines {
		if text := l.ratios(byName); text != "" {
			fmt.Fprintf(&b, "| %s | %s |\n", l.says, text)
		}
	}
	return b.String()
}
