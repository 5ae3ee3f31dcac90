package calc

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
)

// Limits bound what a program may use. The zero value gives the defaults; a
// negative number lifts a limit.
type Limits struct {
	MaxSteps  int64     // evaluated nodes and iterations of one Run; 0: 200 million
	MaxBytes  int64     // live bytes of all values; 0: 2 GiB
	MaxOutput int64     // bytes printed by one Run; 0: 64 MiB
	MaxDepth  int       // nested calls; 0: 1000, which is also the most
	NoFiles   bool      // np.load, np.save and their kin are refused
	Stdout    io.Writer // where print writes as well; nil: only Result.Stdout
}

const (
	defaultSteps  = 200_000_000
	defaultBytes  = 2 << 30
	defaultOutput = 64 << 20
	defaultDepth  = 1000
	maxSource     = 16 << 20
)

// Interp is a calculator with its variables. It is not safe for concurrent use.
type Interp struct {
	limits   Limits
	globals  *frame
	steps    int64
	used     int64 // bytes charged since the heap was last measured
	baseline int64 // heap in use when the interpreter was made
	depth    int
	calls    []*frame    // of the program's functions that are at work
	stop     atomic.Bool // an interrupt is asked for
	line     int
	out      strings.Builder
	outLen   int64
	current  []*Exception // exceptions being handled, for a bare raise
	ids      map[any]int64
	nextID   int64
	modules  map[string]*Module
	visiting map[Value]bool // containers whose repr is being written
	printing *printing      // np.set_printoptions; nil until asked for
	terms    []*term        // of the tree being computed, that have been put off
}

// New returns a calculator.
func New(l Limits) *Interp {
	declare()
	def := func(v *int64, d int64) {
		if *v == 0 {
			*v = d
		} else if *v < 0 {
			*v = 1<<63 - 1
		}
	}
	def(&l.MaxSteps, defaultSteps)
	def(&l.MaxBytes, defaultBytes)
	def(&l.MaxOutput, defaultOutput)
	if l.MaxDepth <= 0 || l.MaxDepth > defaultDepth {
		l.MaxDepth = defaultDepth
	}
	in := &Interp{limits: l, baseline: heapInUse()}
	in.Reset()
	return in
}

// Reset forgets all variables.
func (in *Interp) Reset() {
	in.globals = &frame{vars: map[string]Value{"__name__": Str("__main__")}}
	in.ids = map[any]int64{}
	in.modules = map[string]*Module{}
	in.visiting = map[Value]bool{}
	in.printing = nil
	in.used = 0
}

// Error is an exception that the program did not handle.
type Error struct {
	Class   string // "ValueError"; qualified for the classes of modules
	Name    string // the class's __name__ alone
	Message string
	Line    int // of the source, from 1; 0 when unknown
	Exit    int // of SystemExit: the status
}

// Error returns one line as Python's traceback ends: "Class: message".
func (e *Error) Error() string {
	if e.Message == "" {
		return e.Class
	}
	return e.Class + ": " + e.Message
}

// Result is the outcome of a Run.
type Result struct {
	in     *Interp
	value  Value
	Stdout string // what print wrote
}

// Run executes code and returns the value of its last statement if that is an
// expression, None otherwise. vars are bound before; Go numbers, strings,
// []byte, slices, maps with string keys, Values and arrays are accepted.
// Variables stay for the next Run. The error is an *Error.
func (in *Interp) Run(code string, vars map[string]any) (Result, error) {
	return in.run(code, vars, in.runBody)
}

func (in *Interp) run(code string, vars map[string]any, exec func(body []stmt) Value) (res Result, err error) {
	in.steps, in.line, in.depth, in.outLen, in.current, in.calls = 0, 0, 0, 0, nil, nil
	clear(in.visiting)
	in.out.Reset()
	res = Result{in: in, value: None}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // a mapped file may shrink
	exc := in.catch(func() {
		for name, v := range vars {
			in.globals.vars[name] = in.fromGo(v)
		}
		if len(code) > maxSource {
			throw(excMemoryError, "source code of %d bytes is too long", len(code))
		}
		in.charge(16 * len(code))
		body, _ := parseProgram(code)
		res.value = exec(body)
	})
	res.Stdout = in.out.String()
	in.out.Reset()
	if exc != nil {
		return res, in.errorOf(exc)
	}
	return res, nil
}

// errorOf describes an exception to the embedding program.
func (in *Interp) errorOf(exc *Exception) *Error {
	e := &Error{Class: exc.typ.tpName(), Name: exc.typ.shownName(), Line: exc.line}
	if exc.typ.user {
		e.Class = exc.typ.name
	}
	if e.Line == 0 {
		e.Line = in.line
	}
	if exc.typ.isSub(excSystemExit) {
		e.Exit = 1
		if len(exc.args) == 0 || exc.args[0] == Value(None) {
			e.Exit = 0
		} else if n, ok := exc.args[0].(Int); ok {
			e.Exit = int(n)
		}
	}
	in.depth = 0
	if bad := in.catch(func() { e.Message = exc.str(in) }); bad != nil {
		e.Message = "<exception str() failed>"
	}
	return e
}

// runBody runs the statements; the value of a final expression is the result.
func (in *Interp) runBody(body []stmt) Value {
	if n := len(body); n > 0 {
		if last, ok := body[n-1].node.(*exprStmt); ok {
			in.execBody(in.globals, body[:n-1])
			in.line = body[n-1].line
			return in.eval(in.globals, last.x)
		}
	}
	in.execBody(in.globals, body)
	return None
}

// catch runs f and returns the exception that it raised, if any.
func (in *Interp) catch(f func()) (exc *Exception) {
	depth := in.depth
	defer func() {
		if r := recover(); r != nil {
			exc = asException(r)
			in.depth = depth
			if exc.line == 0 {
				exc.line = in.line
			}
		}
	}()
	f()
	return nil
}

// step counts one unit of work.
func (in *Interp) step() {
	if in.steps++; in.steps > in.limits.MaxSteps {
		in.exhausted()
	}
	if in.steps&1023 == 0 && in.stop.Load() {
		in.interrupted()
	}
}

// stepN counts n units of work at once.
func (in *Interp) stepN(n int) {
	if in.steps += int64(n); in.steps > in.limits.MaxSteps || n < 0 {
		in.exhausted()
	}
}

func (in *Interp) exhausted() {
	panic(&Exception{typ: excTimeoutError, fatal: true,
		args: []Value{Str(fmt.Sprintf("the limit of %d steps is reached", in.limits.MaxSteps))}})
}

// charge counts n bytes that are about to be allocated. When the count passes
// the limit the heap is measured: what is no longer alive costs nothing.
func (in *Interp) charge(n int) {
	if n < 0 || int64(n) > in.limits.MaxBytes-in.used {
		in.measure(int64(n))
		return
	}
	in.used += int64(n)
}

func (in *Interp) measure(n int64) {
	limit := in.limits.MaxBytes
	if n >= 0 && n <= limit {
		runtime.GC()
		if live := max(0, heapInUse()-in.baseline); live+n <= limit-limit/16 {
			in.used = live + n
			return
		}
	}
	throw(excMemoryError, "")
}

func heapInUse() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// enter guards a recursion of the evaluator.
func (in *Interp) enter() {
	if in.depth++; in.depth > in.limits.MaxDepth {
		in.depth--
		throw(excRecursionError, "maximum recursion depth exceeded")
	}
}

func (in *Interp) leave() { in.depth-- }

// print writes to the output of the program.
func (in *Interp) print(text string) {
	if in.outLen += int64(len(text)); in.outLen > in.limits.MaxOutput {
		panic(&Exception{typ: excMemoryError, fatal: true,
			args: []Value{Str(fmt.Sprintf("the limit of %d bytes of output is reached", in.limits.MaxOutput))}})
	}
	checkEncodable(text)
	if in.limits.Stdout != nil {
		if _, err := io.WriteString(in.limits.Stdout, text); err != nil {
			throw(excOSError, "%s", err.Error())
		}
	}
	in.out.WriteString(text)
}

// IsSyntax reports whether err says that the code could not be parsed.
func IsSyntax(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Class == "SyntaxError" || e.Class == "IndentationError" || e.Class == "TabError")
}
