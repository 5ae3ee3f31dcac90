package nd

import (
	"fmt"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/nderr"
)

// Error is the one error type of the module: the operation, the kind of
// failure, and the reason in NumPy's words. A mistake in the program (a shape,
// a dtype, an index, a read-only array) panics with an *Error; a fact of the
// world (a file, foreign bytes, a closed map) is returned as one.
type Error = nderr.Error

// The kinds of failure, for errors.Is.
var (
	ErrShape        = nderr.ErrShape        // shapes do not fit
	ErrValue        = nderr.ErrValue        // an argument has an unusable value
	ErrDType        = nderr.ErrDType        // a dtype does not fit, or is not understood
	ErrType         = nderr.ErrType         // an argument has an unusable type, or the casting rule forbids its conversion
	ErrIndex        = nderr.ErrIndex        // an index is out of bounds or malformed
	ErrAxis         = nderr.ErrAxis         // an axis is out of bounds
	ErrReadOnly     = nderr.ErrReadOnly     // the array must not be written
	ErrCasting      = nderr.ErrCasting      // the ErrType of an operation (Ufunc) without a loop for its operands, or that must not cast them or its result
	ErrOverflow     = nderr.ErrOverflow     // a number does not fit its dtype
	ErrZeroDivision = nderr.ErrZeroDivision // division by zero where that is an error
	ErrMemory       = nderr.ErrMemory       // the machine cannot hold the block
	ErrClosed       = nderr.ErrClosed       // the block has been closed or released
	ErrFault        = nderr.ErrFault        // mapped memory could not be reached
	ErrFormat       = nderr.ErrFormat       // a file or a text is malformed
	ErrExported     = nderr.ErrExported     // the buffer cannot move while views live
	ErrLinAlg       = nderr.ErrLinAlg       // a matrix is singular, or the like
	ErrNotFound     = nderr.ErrNotFound     // no field, member or key of that name
	ErrTooHard      = nderr.ErrTooHard      // the question would take too long
	ErrPromotion    = nderr.ErrPromotion    // the ErrDType of dtypes without a common one
	ErrLocked       = nderr.ErrLocked       // somebody else's lock is in the way
	ErrChanged      = nderr.ErrChanged      // a file, or items that are being worked on, were changed by somebody else
)

// Try calls f and returns the *Error that f panicked with, nil if it returned.
// Other panics pass through. It is the bridge from the panics of a mistake to
// an error value, for programs that take shapes or indices from outside.
func Try(f func()) (err error) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case *Error:
			err = x
		default:
			panic(x)
		}
	}()
	f()
	return nil
}

// fail panics with an *Error.
func fail(op string, kind error, format string, args ...any) {
	panic(nderr.New(op, kind, format, args...))
}

// must panics with err as an *Error that names op, if err is not nil.
func must(op string, err error) {
	if err == nil {
		return
	}
	if e, ok := err.(*Error); ok {
		panic(&Error{Op: op, Err: e.Err, Msg: e.Msg})
	}
	panic(&Error{Op: op, Err: err, Msg: err.Error()})
}

// sprintf formats an error text.
func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// shapeText prints a shape as Python prints a tuple.
func shapeText(shape []int) string { return dtype.ShapeText(shape) }
