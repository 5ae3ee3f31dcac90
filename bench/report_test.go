package main

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var someResults = []result{
	{Op: "add", DType: "f8", Layout: "C", N: 10, Threads: "1", Peer: numpy, ND: 10, Peers: 40, Ratio: 4, NDMin: 9, PeerMin: 38, Target: 3},
	{Op: "add", DType: "f8", Layout: "C", N: 10, Threads: "all", Peer: numpy, ND: 10, Peers: 20, Ratio: 2, NDMin: 9, PeerMin: 18},
	{Op: "a < b & c", DType: "f4", Layout: "C", N: 10, Threads: "1", Peer: numexpr, ND: 20, Peers: 10, Ratio: .5, NDMin: 19, PeerMin: 9, Target: 1, Reason: "it is so"},
	{Op: "sum", DType: "f4", Layout: "C", N: 10, Threads: "all", Peer: numpy, ND: 20, Peers: 10, Ratio: .5, NDMin: 19, PeerMin: 9},
	{Op: "max", DType: "f4", Layout: "C", N: 10, Threads: "all", Peer: numpy, ND: 20, Peers: 18, Ratio: .9, NDMin: 8, PeerMin: 10},
}

func TestMarkdown(t *testing.T) {
	got := markdown("a machine", someResults)
	for _, want := range []string{
		"NumPy 1.38 (4 rows), numexpr 0.50 (1 rows); of all 1.12",
		"| add | f8 | C | 10 | NumPy | 10 ns | 40 ns | 4.00 | 3.0 | 10 ns | 20 ns | 2.00 |  |\n",
		"| a < b & c | f4 | C | 10 | numexpr | 20 ns | 10 ns | 0.50 | 1.0 ✗ | | | | |\n",
		"| sum | f4 | C | 10 | NumPy | | | | | 20 ns | 10 ns | 0.50 |  |\n",
		"- a < b & c f4 C 10 vs numexpr (0.50): it is so\n",
		"- sum f4 C 10 all (0.50): not explained; a best time of 19 ns against 9 ns\n",
		"- max f4 C 10 all (0.90): not by the best times, whose ratio is 1.25\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the table lacks %q:\n%s", want, got)
		}
	}
}

// The picture is well-formed and has a text for each line of the table.
func TestChart(t *testing.T) {
	got := chart("a machine; NumPy", someResults)
	d := xml.NewDecoder(strings.NewReader(got))
	for {
		_, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"add f8 C n=10<", "a &lt; b &amp; c f4 C n=10 vs numexpr<", "sum f4 C n=10<"} {
		if strings.Count(got, want) != 1 {
			t.Errorf("not one text %q in\n%s", want, got)
		}
	}
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	if err := write(dir, "a machine", someResults); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "table.json"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	if err := json.Unmarshal(text, &rows); err != nil || len(rows) != len(someResults) {
		t.Fatalf("%v, %d rows", err, len(rows))
	}
	for _, field := range []string{"op", "dtype", "layout", "n", "nd_ns", "numpy_ns", "ratio"} {
		if _, ok := rows[0][field]; !ok {
			t.Errorf("no field %q in %v", field, rows[0])
		}
	}
	for _, name := range []string{"table.md", "readme.md", "chart.svg"} {
		if s, err := os.Stat(filepath.Join(dir, name)); err != nil || s.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A reason belongs to a case that there is.
func TestReasons(t *testing.T) {
	for i, r := range reasons {
		used := false
		for _, c := range cases(true) {
			used = used || reasonFor(c.name()) == r.why && r.cases.MatchString(c.name())
		}
		if !used {
			t.Errorf("reason %d, for %v, is attached to nothing", i, r.cases)
		}
	}
	if reasonFor("no such case") != "" {
		t.Error("a case that is not there has a reason")
	}
	defer func() { reasons = reasons[1:] }()
	first := reason{regexp.MustCompile("^no such"), "first"}
	if reasons = append([]reason{first}, reasons...); reasonFor("no such case") != "first" {
		t.Error("a reason is not found")
	}
}
