package main

import (
	"os"
	"strings"
	"testing"
)

// The summary says the ratios of the cases that were run, and leaves out what was not.
func TestSummary(t *testing.T) {
	var results []result
	for i, c := range cases(false) {
		if c.op != "dot" {
			results = append(results, result{Op: c.op, DType: c.dtype, Layout: c.layout, N: c.n, Threads: map[bool]string{false: "1", true: "all"}[c.all],
				Peer: c.against(), Ratio: .5 + float64(i%40)})
		}
	}
	results[0].Ratio, results[2].Ratio, results[3].Ratio, results[4].Ratio = 11.4, 3.14, 0.994, 0.996
	got := summary("a machine", results)
	if !strings.HasPrefix(got, "a machine:\n\n| ") || !strings.Contains(got, "\n| "+summaryLines[0].says+" | 11, 3.1, 0.99, 1.0 |\n") {
		t.Error(got)
	}
	for _, l := range summaryLines {
		ran := !strings.Contains(l.says, "dot")
		if strings.Contains(got, "\n| "+l.says+" | ") != ran {
			t.Errorf("%q, whose cases ran: %v\n%s", l.says, ran, got)
		}
		if ran && l.span != nil && !strings.Contains(strings.SplitAfter(got, l.says)[1], " to ") {
			t.Errorf("%q has no span", l.says)
		}
	}
	for ratio, want := range map[float64]string{0.854: "0.85", 0.994: "0.99", 0.996: "1.0", 9.94: "9.9", 9.96: "10", 12.4: "12"} {
		if got := twoDigits(ratio); got != want {
			t.Errorf("%g is printed as %s, not %s", ratio, got, want)
		}
	}
}

// The README's table has the lines of the summary, in order.
func TestReadmeHasTheSummary(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	rest := string(text)
	for _, l := range summaryLines {
		_, after, found := strings.Cut(rest, "\n| "+l.says+" | ")
		if !found {
			t.Fatalf("no line %q in its place", l.says)
		}
		rest = after
	}
}
