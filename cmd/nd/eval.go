package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/stride-go/nd/calc"
	"github.com/stride-go/nd/npy"
)

// session holds the flags that eval, run, repl and pipe have in common.
type session struct {
	MaxSteps int64 `name:"max-steps" default:"200000000" placeholder:"N" help:"Bound on evaluation steps (default ${default}; 0 lifts it)."`
	MaxBytes int64 `name:"max-bytes" default:"2147483648" placeholder:"N" help:"Bound on bytes allocated (default ${default}; 0 lifts it)."`
	NoFiles  bool  `name:"no-files" help:"Refuse np.load, np.save and their kin."`
	Write    bool  `short:"w" help:"Open the files of the command line for writing (r+); they are read-only otherwise."`
}

// start makes a calculator and binds the NAME=FILE arguments.
func (s *session) start(std *stream, live bool, bindings []string) (*calc.Interp, error) {
	limits := calc.Limits{MaxSteps: lifted(s.MaxSteps), MaxBytes: lifted(s.MaxBytes), NoFiles: s.NoFiles}
	if live {
		limits.Stdout = std.out
	}
	in := calc.New(limits)
	bound := map[string]string{}
	for _, b := range bindings {
		name, err := s.bind(in, b)
		if err != nil {
			return nil, err
		}
		if was, twice := bound[name]; twice {
			return nil, usageError(fmt.Sprintf("%s and %s have one name", was, b))
		}
		bound[name] = b
	}
	return in, nil
}

// lifted turns the command's "0: no limit" into calc's "negative: no limit".
func lifted(n int64) int64 {
	if n == 0 {
		return -1
	}
	return n
}

var binding = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*)=(.+)$`)

// bind opens the file of a NAME=FILE argument, mapped, under its name, which it returns.
func (s *session) bind(in *calc.Interp, arg string) (string, error) {
	m := binding.FindStringSubmatch(arg)
	if m == nil {
		return "", usageError(fmt.Sprintf("%q is not NAME=FILE", arg))
	}
	src := parseSource(m[2])
	if src.isArchive() {
		z, err := npy.OpenZ(src.path)
		if err != nil {
			return "", err
		}
		return m[1], in.Set(m[1], z)
	}
	a, err := src.open(s.Write)
	if err != nil {
		return "", err
	}
	return m[1], in.Set(m[1], a)
}

type evalCmd struct {
	session
	Code  string   `arg:"" help:"Statements, separated by newlines or ';'."`
	Files []string `arg:"" optional:"" name:"name=file" help:"Files to bind: x.npy, x.npz, raw.bin@<f4:(3,4)."`
	Out   string   `short:"o" placeholder:"out.npy" help:"Save the last value as an .npy file."`
	JSON  bool     `name:"json" help:"Print one line of JSON instead."`
}

func (c *evalCmd) Run(std *stream) error {
	in, err := c.start(std, !c.JSON, c.Files)
	if err != nil {
		return err
	}
	r, err := in.Run(c.Code, nil)
	if c.JSON {
		std.out.Write(append(calc.JSON(r, err), '\n'))
		if err != nil {
			return exitStatus(1)
		}
		return c.save(r)
	}
	if err != nil {
		return leave(err)
	}
	if err := c.save(r); err != nil {
		return err
	}
	return show(std, r)
}

// show prints a value as Python's prompt does: its repr, nothing for None.
func show(std *stream, r calc.Result) error {
	if r.IsNone() {
		return nil
	}
	text, err := r.Repr()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(std.out, text)
	return err
}

// save writes the last value to the file of -o.
func (c *evalCmd) save(r calc.Result) error {
	if c.Out == "" {
		return nil
	}
	a, ok := r.Array()
	if !ok {
		return fmt.Errorf("-o %s: the last value is no array", c.Out)
	}
	return npy.Save(c.Out, a)
}

// leave turns SystemExit into its exit status.
func leave(err error) error {
	var e *calc.Error
	if errors.As(err, &e) && e.Class == "SystemExit" {
		return exitStatus(e.Exit)
	}
	return err
}

type runCmd struct {
	session
	File  string   `arg:"" help:"A file of statements."`
	Files []string `arg:"" optional:"" name:"name=file" help:"Files to bind, as for eval."`
}

func (c *runCmd) Run(std *stream) error {
	code, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	in, err := c.start(std, true, c.Files)
	if err != nil {
		return err
	}
	if _, err = in.Run(string(code), nil); err != nil {
		err = leave(err)
		var e *calc.Error
		if errors.As(err, &e) && e.Line > 0 {
			return fmt.Errorf("%s:%d: %w", c.File, e.Line, err)
		}
		return err
	}
	return nil
}

type pipeCmd struct {
	session
	Files []string `arg:"" optional:"" name:"name=file" help:"Files to bind, as for eval."`
}

// request is one line of nd pipe's input.
type request struct {
	Code  *string `json:"code"`
	Reset bool    `json:"reset"`
}

// maxRequest bounds a line of input.
const maxRequest = 64 << 20

func (c *pipeCmd) Run(std *stream) error {
	in, err := c.start(std, false, c.Files)
	if err != nil {
		return err
	}
	for line, err := range lines(std.in, maxRequest) {
		if err != nil {
			if !errors.Is(err, errTooLong) {
				return err
			}
			if _, werr := std.out.Write(append(refusal(err.Error()), '\n')); werr != nil {
				return werr
			}
			continue
		}
		if strings.TrimSpace(string(line)) == "" {
			continue
		}
		answer, fresh, err := c.answer(std, in, line)
		if err != nil {
			return err
		}
		in = fresh
		if _, err := std.out.Write(append(answer, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// answer answers one request; the calculator is a fresh one after a reset.
func (c *pipeCmd) answer(std *stream, in *calc.Interp, line []byte) ([]byte, *calc.Interp, error) {
	var r request
	switch err := json.Unmarshal(line, &r); {
	case err != nil:
		return refusal("the line is no JSON object: " + err.Error()), in, nil
	case r.Reset && r.Code != nil:
		return refusal(`a request has "code" or "reset", not both`), in, nil
	case r.Reset:
		fresh, err := c.start(std, false, c.Files)
		if err != nil {
			return nil, nil, err
		}
		res, err := fresh.Run("", nil)
		return calc.JSON(res, err), fresh, nil
	case r.Code == nil:
		return refusal(`a request has "code" or "reset"`), in, nil
	}
	res, err := in.Run(*r.Code, nil)
	return calc.JSON(res, err), in, nil
}

// refusal is the answer to a line that is no request.
func refusal(message string) []byte {
	line, err := json.Marshal(struct {
		OK      bool   `json:"ok"`
		Error   string `json:"error"`
		Message string `json:"message"`
		Stdout  string `json:"stdout"`
	}{false, "RequestError", message, ""})
	if err != nil {
		panic(err) // four plain fields
	}
	return line
}
