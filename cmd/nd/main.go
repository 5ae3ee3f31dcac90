// Command nd computes with NumPy's syntax on .npy, .npz and raw files: it maps
// them, shows them, and answers as NumPy answers.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"
)

// cli is the command line.
type cli struct {
	Eval   evalCmd   `cmd:"" help:"Run CODE and print the value of its last expression as Python's prompt would."`
	Run    runCmd    `cmd:"" help:"Run a file of statements."`
	Repl   replCmd   `cmd:"" help:"Read statements from the terminal: line editing, history, completion of names."`
	Pipe   pipeCmd   `cmd:"" help:"Answer JSON requests, one a line, keeping variables between them."`
	Info   infoCmd   `cmd:"" help:"Tell dtype, shape, strides, order, offset and bytes of files."`
	Mem    memCmd    `cmd:"" help:"Tell what opening files costs: maps, pages in memory, headers, alignment, padding of records, what a view keeps alive."`
	Show   showCmd   `cmd:"" help:"Print a file's array, or a part of it, as NumPy prints."`
	Layout layoutCmd `cmd:"" help:"Draw the block of an array, the cells each view touches, and the headers."`
	Tour   tourCmd   `cmd:"" help:"A guided tour on real data that is built in."`
}

// stream holds the standard streams, so that tests can stand in for them.
type stream struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	os.Exit(run(os.Args[1:], &stream{os.Stdin, os.Stdout, os.Stderr}))
}

// run executes one command line and returns the exit status: 0, 1 for an error,
// 2 for a command line that is not understood.
func run(args []string, std *stream) (status int) {
	if len(args) == 0 {
		args = []string{"help"}
	}
	if args[0] == "help" { // as the go command has it: nd help eval
		args = append(args[1:len(args):len(args)], "--help")
	}
	out := &output{w: std.out}
	std = &stream{std.in, out, std.err}
	exited := false
	parse := func(grammar any) (*kong.Context, error) {
		parser, err := kong.New(grammar,
			kong.Name("nd"),
			kong.Description("NumPy's array memory on files: map, look, compute.\n\nExamples:\n  nd eval 'np.arange(6).reshape(2, 3).T'\n  nd eval 'x.mean(axis=0)' x=features.npy\n  nd show photo.npy '::50, ::80, 0'\n  nd info *.npy\n  nd mem big.npy records.npz[t]"),
			kong.Writers(std.out, std.err),
			kong.Exit(func(code int) { exited, status = true, code }),
			kong.Bind(std),
			kong.UsageOnError(),
		)
		if err != nil {
			return nil, err
		}
		return parser.Parse(args)
	}
	var ctx *kong.Context
	var err error
	if one := grammarOf(args); one != nil {
		ctx, err = parse(one)
	}
	if ctx == nil || err != nil {
		ctx, err = parse(new(cli))
	}
	if exited {
		return status // --help
	}
	if err != nil {
		hint := ""
		if strings.HasPrefix(err.Error(), "unknown flag") {
			hint = " (code that starts with a minus sign comes after --)"
		}
		return complain(std, fmt.Errorf("%w%s; see nd --help", err, hint), 2)
	}
	if err = ctx.Run(); err == nil {
		err = out.err
	}
	if err != nil {
		return complain(std, err, 1)
	}
	return 0
}

// output remembers the first error of writing, which not every command looks at: an
// answer that a full disk has cut is none.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// grammarOf returns the part of cli that args need, their command alone, or nil. To look
// through all the commands takes kong longer than nd needs to answer. Help and complaints
// speak of the whole.
func grammarOf(args []string) any {
	for _, arg := range args {
		if strings.HasPrefix("--help", arg) || strings.HasPrefix(arg, "-h") {
			return nil
		}
	}
	all := reflect.TypeFor[cli]()
	for i := range all.NumField() {
		if f := all.Field(i); strings.EqualFold(f.Name, args[0]) {
			return reflect.New(reflect.StructOf([]reflect.StructField{f})).Interface()
		}
	}
	return nil
}

// maxErrorText is how many characters of an error are printed.
const maxErrorText = 600

// complain prints an error as one line, or several of them so, and returns the exit
// status: the error's own, or the one given; of several the greatest.
func complain(std *stream, err error, status int) int {
	if all, ok := err.(interface{ Unwrap() []error }); ok {
		greatest := 0
		for _, err := range all.Unwrap() {
			greatest = max(greatest, complain(std, err, status))
		}
		return greatest
	}
	var e exitStatus
	if errors.As(err, &e) {
		return int(e)
	}
	var usage usageError
	if errors.As(err, &usage) {
		status = 2
	}
	text := strings.TrimPrefix(strings.Join(strings.Fields(err.Error()), " "), "nd: ")
	if r := []rune(text); len(r) > maxErrorText {
		text = string(r[:maxErrorText]) + "…"
	}
	fmt.Fprintln(std.err, "nd: "+text)
	return status
}

// exitStatus ends the command with a status and without a word.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// usageError is a mistake in the command line that kong cannot see.
type usageError string

func (e usageError) Error() string { return string(e) }
