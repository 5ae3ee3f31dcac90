package oracle

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// snippet is one question of the corpus.
type snippet struct {
	rules       []string // rows of the specification: "2.3.2", "S46", "P11"
	code        string
	approximate bool // the last place of numbers may differ
	classOnly   bool // of an error, only the class is compared
}

// fill separates the words of a head line from its substitutions "D=i1|u1".
var fill = regexp.MustCompile(` ([A-Z])=`)

// parseCorpus reads one corpus file. corpus.py is its twin; golden/ shows that
// they agree (TestGoldenIsFresh).
func parseCorpus(text string) []snippet {
	var all []snippet
	var head string
	var body []string
	open := false
	for _, line := range append(strings.Split(text, "\n"), "%%") {
		if strings.HasPrefix(line, "%%") {
			if open {
				all = append(all, expand(head, body)...)
			}
			head, body, open = strings.TrimSpace(line[2:]), nil, true
		} else if open {
			body = append(body, line)
		}
	}
	return all
}

// expand returns the snippets of one block, given its line after %% and its lines.
func expand(head string, body []string) []snippet {
	var names []string
	var values [][]string
	at := fill.FindAllStringSubmatchIndex(head, -1)
	words := head
	for i, m := range at {
		if i == 0 {
			words = head[:m[0]]
		}
		end := len(head)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		names = append(names, "$"+head[m[2]:m[3]])
		values = append(values, strings.Split(head[m[1]:end], "|"))
	}
	proto, each := snippet{}, false
	for _, w := range strings.Fields(words) {
		switch w {
		case "~":
			proto.approximate = true
		case "class":
			proto.classOnly = true
		case "each":
			each = true
		default:
			proto.rules = append(proto.rules, w)
		}
	}
	codes := []string{strings.Trim(strings.Join(body, "\n"), "\n")}
	if each {
		codes = slices.DeleteFunc(slices.Clone(body), func(s string) bool { return strings.TrimSpace(s) == "" })
	}
	var made []snippet
	seen := map[string]bool{}
	for _, code := range codes {
		for _, one := range substitute([]string{code}, names, values) {
			if strings.TrimSpace(one) != "" && !seen[one] {
				seen[one] = true
				s := proto
				s.code = one
				made = append(made, s)
			}
		}
	}
	return made
}

// substitute replaces every name by each of its values, the last name fastest.
func substitute(codes, names []string, values [][]string) []string {
	for i, name := range names {
		var next []string
		for _, code := range codes {
			for _, v := range values[i] {
				next = append(next, strings.ReplaceAll(code, name, v))
			}
		}
		codes = next
	}
	return codes
}

// corpus returns the topics in order and the snippets of each.
func corpus(t *testing.T) ([]string, map[string][]snippet) {
	t.Helper()
	files, err := filepath.Glob("corpus/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	slices.Sort(files)
	var topics []string
	all := map[string][]snippet{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		topic := strings.TrimSuffix(filepath.Base(file), ".txt")
		topics = append(topics, topic)
		all[topic] = parseCorpus(string(text))
	}
	return topics, all
}

func TestParseCorpus(t *testing.T) {
	got := parseCorpus("# head\n%% 2.1 S3 each D=i1|u2 F=add|sub\nnp.$F($D)\n\n1\n%% ~\na = 1\n\na\n%% class\n(\n")
	want := []snippet{
		{rules: []string{"2.1", "S3"}, code: "np.add(i1)"}, {rules: []string{"2.1", "S3"}, code: "np.sub(i1)"},
		{rules: []string{"2.1", "S3"}, code: "np.add(u2)"}, {rules: []string{"2.1", "S3"}, code: "np.sub(u2)"},
		{rules: []string{"2.1", "S3"}, code: "1"},
		{code: "a = 1\n\na", approximate: true}, {code: "(", classOnly: true},
	}
	if len(got) != len(want) {
		t.Fatalf("%d snippets, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		if g := got[i]; g.code != w.code || !slices.Equal(g.rules, w.rules) || g.approximate != w.approximate || g.classOnly != w.classOnly {
			t.Errorf("snippet %d is %+v, want %+v", i, g, w)
		}
	}
}
