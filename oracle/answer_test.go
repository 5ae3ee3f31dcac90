package oracle

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// flagSet is the flags of an array in an answer.
type flagSet struct {
	C         bool `json:"c_contiguous"`
	F         bool `json:"f_contiguous"`
	OwnData   bool `json:"owndata"`
	Writeable bool `json:"writeable"`
	Aligned   bool `json:"aligned"`
}

// answer is one line of nd eval --json. A golden line has the snippet as well.
type answer struct {
	OK      bool            `json:"ok"`
	Kind    string          `json:"kind"`
	Type    string          `json:"type"`
	DType   string          `json:"dtype"`
	Descr   json.RawMessage `json:"descr"`
	Shape   []int           `json:"shape"`
	Strides []int           `json:"strides"`
	Flags   *flagSet        `json:"flags"`
	Repr    string          `json:"repr"`
	Str     string          `json:"str"`
	Stdout  string          `json:"stdout"`
	Data    []byte          `json:"data"`
	Error   string          `json:"error"`
	Message string          `json:"message"`

	ID          string   `json:"id"`
	Rules       []string `json:"rules"`
	Code        string   `json:"code"`
	Approximate bool     `json:"approximate"`
	ClassOnly   bool     `json:"class_only"`
}

// readAnswers reads lines of answers.
func readAnswers(r io.Reader) ([]answer, error) {
	var all []answer
	dec := json.NewDecoder(bufio.NewReader(r))
	for {
		var a answer
		switch err := dec.Decode(&a); err {
		case nil:
			all = append(all, a)
		case io.EOF:
			return all, nil
		default:
			return all, fmt.Errorf("answer %d: %w", len(all)+1, err)
		}
	}
}

// golden returns the answers of one topic in a folder of golden files.
func golden(t *testing.T, folder, topic string) []answer {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, topic+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := readAnswers(f)
	if err != nil {
		t.Fatalf("%s: %v", topic, err)
	}
	return all
}
