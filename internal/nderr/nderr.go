// Package nderr holds the one error type of the module and its sentinels.
//
// Every floor reports with *Error; the root package exports the type and the
// sentinels under its own name, so users test with errors.Is(err, nd.ErrShape).
package nderr

import (
	"errors"
	"fmt"
	"strings"
)

// Sentinels: the kinds of mistake. The Python class that NumPy raises for each
// is named beside it.
var (
	ErrShape        = errors.New("shape mismatch")     // ValueError
	ErrValue        = errors.New("invalid value")      // ValueError
	ErrDType        = errors.New("invalid dtype")      // TypeError
	ErrType         = errors.New("invalid type")       // TypeError
	ErrIndex        = errors.New("index error")        // IndexError
	ErrAxis         = errors.New("axis out of bounds") // AxisError
	ErrReadOnly     = errors.New("read-only array")    // ValueError
	ErrOverflow     = errors.New("overflow")           // OverflowError
	ErrZeroDivision = errors.New("division by zero")   // ZeroDivisionError
	ErrMemory       = errors.New("out of memory")      // MemoryError
	ErrClosed       = errors.New("buffer is closed")   // ValueError
	ErrFault        = errors.New("memory fault")       // OSError
	ErrFormat       = errors.New("malformed data")     // ValueError
	ErrExported     = errors.New("buffer is exported") // BufferError
	ErrLinAlg       = errors.New("linear algebra")     // LinAlgError
	ErrNotFound     = errors.New("no such name")       // KeyError
	ErrTooHard      = errors.New("too hard")           // TooHardError
	ErrLocked       = errors.New("file is locked")     // OSError
	ErrChanged      = errors.New("file has changed")   // OSError
)

// The finer kinds. What wraps one of them wraps the coarser kind too, as in NumPy a
// subclass is its class.
var (
	// ErrPromotion is the ErrDType of dtypes that have no common one
	// (DTypePromotionError).
	ErrPromotion = fmt.Errorf("%w: no common dtype", ErrDType)
	// ErrCasting is the ErrType of an operation that has no loop for its operands, or must
	// not cast them or its result (UFuncTypeError).
	ErrCasting = fmt.Errorf("%w: cannot cast", ErrType)
	// ErrNoField is the ErrValue of a field that is not there (ValueError).
	ErrNoField = fmt.Errorf("%w: %w", ErrValue, ErrNotFound)
)

// Error says which operation failed, of what kind the failure is, and why, in
// NumPy's words.
type Error struct {
	Op  string // the operation: "add", "reshape", "npy.Open"; may be empty
	Err error  // a sentinel of this package, or a wrapped cause
	Msg string // NumPy's text, without a class name
}

// New returns an *Error of the given kind whose Msg is formatted.
func New(op string, kind error, format string, args ...any) *Error {
	return &Error{Op: op, Err: kind, Msg: fmt.Sprintf(format, args...)}
}

// Error returns "nd: op: msg". Where NumPy's words begin with the operation, they do
// not say it twice.
func (e *Error) Error() string {
	if e.Op == "" || strings.HasPrefix(e.Msg, e.Op+": ") {
		return "nd: " + e.Msg
	}
	return "nd: " + e.Op + ": " + e.Msg
}

// Unwrap returns the sentinel, or the cause.
func (e *Error) Unwrap() error { return e.Err }
