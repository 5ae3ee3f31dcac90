package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/stride-go/nd/calc"
)

type replCmd struct {
	session
	Files []string `arg:"" optional:"" name:"name=file" help:"Files to bind, as for eval."`
}

func (c *replCmd) Run(std *stream) error {
	f, ok := std.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return c.batch(std)
	}
	state, err := term.MakeRaw(int(f.Fd()))
	if err != nil {
		return err
	}
	defer term.Restore(int(f.Fd()), state)
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{f, std.out}, ">>> ")
	if w, h, err := term.GetSize(int(f.Fd())); err == nil {
		t.SetSize(w, h)
	}
	fmt.Fprintln(t, "nd: NumPy's syntax; np is there. Tab completes names, Ctrl-D leaves.")
	in, err := c.start(&stream{std.in, t, t}, true, c.Files)
	if err != nil {
		return err
	}
	t.AutoCompleteCallback = func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' {
			return "", 0, false
		}
		return complete(t, in, line, pos)
	}
	return c.converse(in, &stream{std.in, t, t}, func(prompt string) (string, error) {
		t.SetPrompt(prompt)
		return t.ReadLine()
	})
}

// batch reads statements from a pipe or a file, without prompts.
func (c *replCmd) batch(std *stream) error {
	in, err := c.start(std, true, c.Files)
	if err != nil {
		return err
	}
	next, stop := newLineReader(std.in)
	defer stop()
	return c.converse(in, std, func(string) (string, error) { return next() })
}

// newLineReader returns a function that returns the next line, io.EOF after the
// last, and a function that ends the reading.
func newLineReader(r io.Reader) (next func() (string, error), stop func()) {
	pull, stop := iter.Pull2(lines(r, maxRequest))
	return func() (string, error) {
		line, err, ok := pull()
		if !ok {
			return "", io.EOF
		}
		return strings.TrimRight(string(line), "\r\n"), err
	}, stop
}

// converse reads, evaluates and prints until the input ends.
func (c *replCmd) converse(in *calc.Interp, std *stream, read func(prompt string) (string, error)) error {
	for {
		code, err := readStatement(read)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if strings.TrimSpace(code) != "" {
			r, runErr := in.Run(code, nil)
			if runErr == nil {
				runErr = show(std, r)
			}
			if runErr != nil {
				if status := leave(runErr); status != runErr {
					return status
				}
				fmt.Fprintln(std.err, runErr)
			}
		}
		if err != nil {
			return nil
		}
	}
}

// readStatement reads a statement: one line, or a block up to an empty line.
func readStatement(read func(prompt string) (string, error)) (string, error) {
	code, err := read(">>> ")
	if err != nil {
		return code, err
	}
	block := strings.HasSuffix(strings.TrimSpace(code), ":")
	for block || calc.Incomplete(code) {
		line, err := read("... ")
		if err != nil {
			return code, err
		}
		if strings.TrimSpace(line) == "" && !calc.Incomplete(code) {
			break
		}
		code += "\n" + line
	}
	return code, nil
}

// complete completes the name before the cursor, or lists what it may become.
func complete(t *term.Terminal, in *calc.Interp, line string, pos int) (string, int, bool) {
	start := pos
	for start > 0 && isNameByte(line[start-1]) {
		start--
	}
	names := in.Names(line[start:pos])
	if len(names) == 0 {
		return line, pos, true
	}
	common := names[0]
	for _, n := range names[1:] {
		for !strings.HasPrefix(n, common) {
			common = common[:len(common)-1]
		}
	}
	if len(names) > 1 && common == line[start:pos] {
		fmt.Fprintln(t, strings.Join(names, "  "))
	}
	return line[:start] + common + line[pos:], start + len(common), true
}

func isNameByte(c byte) bool {
	return c == '.' || c == '_' || c >= '0' && c <= '9' || c|32 >= 'a' && c|32 <= 'z' || c >= 0x80
}
