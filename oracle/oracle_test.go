package oracle

import (
	"encoding/binary"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// least is how many snippets must have run for TestGolden to count.
const least = 800

// ask runs one snippet through the calculator, in the current folder, and
// returns the line of nd eval --json.
var ask func(code string) ([]byte, error)

// TestGolden runs the corpus through the calculator and compares each answer
// with NumPy's. One snippet: go test ./oracle -run 'TestGolden/reduce/57$'.
func TestGolden(t *testing.T) {
	littleEndian(t)
	later, known := linesOf(t, "later.txt"), linesOf(t, "differs.txt")
	topics, _ := corpus(t)
	ran, agreed, owed, differ := 0, 0, 0, 0
	for _, topic := range topics {
		t.Run(topic, func(t *testing.T) {
			was, wasRight := ran, agreed
			for _, want := range golden(t, "golden", topic) {
				_, number, _ := strings.Cut(want.ID, ":")
				t.Run(number, func(t *testing.T) {
					ran++
					got := answerOf(t, want.Code)
					if !got.OK && (got.Error == "AttributeError" || got.Error == "NameError") && uses(later, want.Code) && want.Error != got.Error {
						owed++
						return
					}
					d := differences(&want, got)
					if slices.Contains(known, want.Code) {
						if d == nil {
							t.Errorf("%s agrees: take it out of differs.txt\n%s", want.ID, indent(want.Code))
						}
						differ++
						return
					}
					if d != nil {
						t.Errorf("%s %v\n%s\n%s", want.ID, want.Rules, indent(want.Code), strings.Join(d, "\n"))
						return
					}
					agreed++
				})
			}
			t.Logf("%s: %d of %d agree", topic, agreed-wasRight, ran-was)
		})
	}
	t.Logf("%d of %d snippets agree with NumPy; %d ask for names of later.txt; %d differ and say why", agreed, ran, owed, differ)
	if ran < least && !filtered() {
		t.Errorf("only %d snippets ran, want at least %d", ran, least)
	}
}

// littleEndian skips a test on other machines: bytes, and the names of the
// native dtypes, are part of the golden answers.
func littleEndian(t *testing.T) {
	t.Helper()
	if binary.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		t.Skip("the golden answers are a little-endian machine's")
	}
}

// answerOf runs one snippet in a fresh folder.
func answerOf(t *testing.T, code string) *answer {
	t.Helper()
	if touchesFiles.MatchString(code) {
		t.Chdir(t.TempDir())
	}
	line, err := askSafely(code)
	if err != nil {
		t.Fatalf("%v\n%s", err, indent(code))
	}
	got, err := readAnswers(strings.NewReader(string(line)))
	if err != nil || len(got) != 1 {
		t.Fatalf("not one line of JSON (%v): %q\n%s", err, line, indent(code))
	}
	return &got[0]
}

var touchesFiles = regexp.MustCompile(`memmap|np\.save|np\.load|tofile|fromfile|open\(`)

// askSafely turns a panic of the calculator into an error: it must never panic.
func askSafely(code string) (line []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the calculator panicked: %v", r)
		}
	}()
	return ask(code)
}

// filtered reports whether -run asks for a part of the corpus.
func filtered() bool {
	return slices.ContainsFunc(os.Args, func(arg string) bool {
		return strings.HasPrefix(arg, "-test.run=") && strings.Contains(arg, "/")
	})
}

func indent(code string) string { return "\t" + strings.ReplaceAll(code, "\n", "\n\t") }

// linesOf reads a list, such as later.txt, without its comments.
func linesOf(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			names = append(names, line)
		}
	}
	return names
}

// uses reports whether code calls or names one of names.
func uses(names []string, code string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		rest := code
		for {
			i := strings.Index(rest, name)
			if i < 0 {
				return false
			}
			rest = rest[i+len(name):]
			if rest == "" || !wordByte(rest[0]) {
				return true
			}
		}
	})
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// TestGoldenIsFresh fails when the corpus was edited and golden.py not run.
func TestGoldenIsFresh(t *testing.T) {
	topics, all := corpus(t)
	for _, topic := range topics {
		answers := golden(t, "golden", topic)
		if len(answers) != len(all[topic]) {
			t.Errorf("%s: %d snippets and %d golden answers; run golden.py", topic, len(all[topic]), len(answers))
			continue
		}
		for i, s := range all[topic] {
			a := answers[i]
			if a.Code != s.code || a.Approximate != s.approximate || a.ClassOnly != s.classOnly || !slices.Equal(a.Rules, s.rules) {
				t.Errorf("%s: the golden answer is not of this snippet; run golden.py\n%s", a.ID, indent(s.code))
				break
			}
		}
	}
	files, err := os.ReadDir("golden")
	if err != nil || len(files) != len(topics) {
		t.Errorf("%d golden files for %d topics (%v); run golden.py", len(files), len(topics), err)
	}
}

// TestRules fails when a rule of the specification that applies has fewer than
// three snippets, or the corpus is small.
func TestRules(t *testing.T) {
	topics, all := corpus(t)
	count := map[string]int{}
	total := 0
	for _, topic := range topics {
		for _, s := range all[topic] {
			total++
			for _, rule := range s.rules {
				count[rule]++
			}
		}
	}
	for _, rule := range strings.Fields(rules) {
		if count[rule] < 3 {
			t.Errorf("rule %s has %d snippets, want at least 3", rule, count[rule])
		}
	}
	if total < least {
		t.Errorf("the corpus has %d snippets, want at least %d", total, least)
	}
}

// rules are those that apply to what the library has; the rows of one snippet
// by nature (S60, M16 …) are left out.
const rules = `
2.1 2.1.1 2.1.2 2.1.3 2.1.4 2.1.5 2.1.6 2.1.7
2.2 2.2.1 2.2.2 2.2.3 2.2.4 2.2.5 2.2.6 2.2.7 2.2.8 2.2.9 2.2.10 2.2.11 2.2.12
2.3.1 2.3.2 2.3.3 2.3.4 2.3.5 2.3.6 2.3.7 2.3.8
2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7
2.5.1 2.5.2 2.5.3 2.5.4 2.5.5 2.6
2.7 2.7.1 2.7.2 2.7.3 2.7.4 2.7.5 2.7.6 2.7.7 2.7.8 2.7.9 2.7.10 2.7.12
2.8 2.8.1 2.8.2 2.8.3 2.8.4 2.8.5 2.9
2.11.1 2.11.2 2.11.3 2.11.4 2.12 2.13
P1 P2 P3 P4 P5 P6 P7 P8 P9 P10 P11 P12 P13 P14 P15 P16 P17 P18
S1 S3 S5 S9 S17 S22 S23 S26 S44 S46 S47 S54 S55 S56 S59 S62 S63 S68 S72 S80 S85 S88 S89 S92 S93
`
