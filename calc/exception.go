package calc

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/internal/nderr"
)

// Exception is a Python exception; it is also what the evaluator panics with.
type Exception struct {
	typ   *Type
	args  []Value
	attrs *Dict
	line  int
	fatal bool // a limit was hit: no except clause may hold it
}

func (e *Exception) Type() *Type { return e.typ }

func excClass(name string, bases ...*Type) *Type {
	t := newType(name, bases...)
	t.final = false
	return t
}

// The exception classes, in Python's tree.
var (
	excBaseException       = excClass("BaseException", typeObject)
	excSystemExit          = excClass("SystemExit", excBaseException)
	excKeyboardInterrupt   = excClass("KeyboardInterrupt", excBaseException)
	excGeneratorExit       = excClass("GeneratorExit", excBaseException)
	excException           = excClass("Exception", excBaseException)
	excStopIteration       = excClass("StopIteration", excException)
	excArithmeticError     = excClass("ArithmeticError", excException)
	excFloatingPointError  = excClass("FloatingPointError", excArithmeticError)
	excOverflowError       = excClass("OverflowError", excArithmeticError)
	excZeroDivisionError   = excClass("ZeroDivisionError", excArithmeticError)
	excAssertionError      = excClass("AssertionError", excException)
	excAttributeError      = excClass("AttributeError", excException)
	excBufferError         = excClass("BufferError", excException)
	excEOFError            = excClass("EOFError", excException)
	excImportError         = excClass("ImportError", excException)
	excModuleNotFoundError = excClass("ModuleNotFoundError", excImportError)
	excLookupError         = excClass("LookupError", excException)
	excIndexError          = excClass("IndexError", excLookupError)
	excKeyError            = excClass("KeyError", excLookupError)
	excMemoryError         = excClass("MemoryError", excException)
	excNameError           = excClass("NameError", excException)
	excUnboundLocalError   = excClass("UnboundLocalError", excNameError)
	excOSError             = excClass("OSError", excException)
	excFileNotFoundError   = excClass("FileNotFoundError", excOSError)
	excFileExistsError     = excClass("FileExistsError", excOSError)
	excPermissionError     = excClass("PermissionError", excOSError)
	excIsADirectoryError   = excClass("IsADirectoryError", excOSError)
	excTimeoutError        = excClass("TimeoutError", excOSError)
	excReferenceError      = excClass("ReferenceError", excException)
	excRuntimeError        = excClass("RuntimeError", excException)
	excNotImplementedError = excClass("NotImplementedError", excRuntimeError)
	excRecursionError      = excClass("RecursionError", excRuntimeError)
	excSyntaxError         = excClass("SyntaxError", excException)
	excIndentationError    = excClass("IndentationError", excSyntaxError)
	excTabError            = excClass("TabError", excIndentationError)
	excSystemError         = excClass("SystemError", excException)
	excTypeError           = excClass("TypeError", excException)
	excValueError          = excClass("ValueError", excException)
	excUnicodeError        = excClass("UnicodeError", excValueError)
	excUnicodeDecodeError  = excClass("UnicodeDecodeError", excUnicodeError)
	excUnicodeEncodeError  = excClass("UnicodeEncodeError", excUnicodeError)
	excWarning             = excClass("Warning", excException)
	excDeprecationWarning  = excClass("DeprecationWarning", excWarning)
	excRuntimeWarning      = excClass("RuntimeWarning", excWarning)
	excUserWarning         = excClass("UserWarning", excWarning)
	excFutureWarning       = excClass("FutureWarning", excWarning)

	// NumPy's and struct's own classes.
	excAxisError     = moduleExc("numpy.exceptions", "AxisError", excValueError, excIndexError)
	excUFuncTypeErr  = moduleExc("numpy._core._exceptions", "UFuncTypeError", excTypeError)
	excLinAlgError   = moduleExc("numpy.linalg", "LinAlgError", excValueError)
	excTooHardError  = moduleExc("numpy.exceptions", "TooHardError", excRuntimeError)
	excDTypePromoErr = moduleExc("numpy.exceptions", "DTypePromotionError", excTypeError)
	excStructError   = moduleExc("struct", "error", excException)
	// Each kind of failure of a ufunc has its own class.
	excNoLoopError      = hiddenExc("UFuncTypeError", "numpy._core._exceptions", "_UFuncNoLoopError", excUFuncTypeErr)
	excResolutionError  = hiddenExc("UFuncTypeError", "numpy._core._exceptions", "_UFuncBinaryResolutionError", excUFuncTypeErr)
	excCastingError     = hiddenExc("UFuncTypeError", "numpy._core._exceptions", "_UFuncCastingError", excUFuncTypeErr)
	excInputCastError   = hiddenExc("UFuncTypeError", "numpy._core._exceptions", "_UFuncInputCastingError", excCastingError)
	excOutputCastError  = hiddenExc("UFuncTypeError", "numpy._core._exceptions", "_UFuncOutputCastingError", excCastingError)
	excArrayMemoryError = hiddenExc("MemoryError", "numpy._core._exceptions", "_ArrayMemoryError", excMemoryError)
)

func moduleExc(module, name string, bases ...*Type) *Type {
	t := excClass(name, bases...)
	t.module = module
	return t
}

// hiddenExc is a class that NumPy shows under the name of its base.
func hiddenExc(shown, module, name string, base *Type) *Type {
	t := moduleExc(module, name, base)
	t.shown = shown
	return t
}

var _ = later(func() {
	excBaseException.build = func(in *Interp, t *Type, args []Value, kw []Keyword) Value {
		if len(kw) > 0 && t != excAttributeError && t != excNameError && t != excImportError {
			throw(excTypeError, "%s() takes no keyword arguments", t.name)
		}
		if t == excOSError && len(args) >= 2 {
			// The number chooses the class.
			switch args[0] {
			case Value(Int(2)):
				t = excFileNotFoundError
			case Value(Int(13)), Value(Int(1)):
				t = excPermissionError
			case Value(Int(17)):
				t = excFileExistsError
			case Value(Int(21)):
				t = excIsADirectoryError
			}
		}
		return &Exception{typ: t, args: args}
	}
	excBaseException.dict["args"] = &Property{get: func(in *Interp, self Value) Value {
		return &Tuple{self.(*Exception).args}
	}}
	excBaseException.dict["__traceback__"] = &Property{get: func(*Interp, Value) Value { return None }}
	excStopIteration.dict["value"] = &Property{get: func(in *Interp, self Value) Value {
		if a := self.(*Exception).args; len(a) > 0 {
			return a[0]
		}
		return None
	}}
	excBaseException.dict["with_traceback"] = method(excBaseException, "with_traceback", "self, tb, /",
		func(in *Interp, a []Value) Value { return a[0] })
})

// throw raises an exception of the language.
func throw(class *Type, format string, args ...any) {
	msg := fmt.Sprintf(format, args...)
	panic(&Exception{typ: class, args: []Value{Str(msg)}})
}

func throwSyntax(class *Type, line int, format string, args ...any) {
	msg := fmt.Sprintf(format, args...)
	panic(&Exception{typ: class, args: []Value{Str(msg)}, line: line})
}

func throwKey(key Value) { panic(&Exception{typ: excKeyError, args: []Value{key}}) }

func (e *Exception) attr(in *Interp, name string) (Value, bool) {
	if e.attrs != nil {
		if v, ok := e.attrs.get(in, Str(name)); ok {
			return v, true
		}
	}
	return in.classAttr(e, name)
}

func (e *Exception) setAttr(in *Interp, name string, v Value) {
	if e.attrs == nil {
		e.attrs = newDict()
	}
	if name == "args" && v != nil {
		e.args = in.listOf(v)
		return
	}
	if v == nil {
		e.attrs.remove(in, Str(name))
		return
	}
	e.attrs.set(in, Str(name), v)
}

func (e *Exception) str(in *Interp) string {
	if m, ok := e.typ.lookup("__str__"); ok {
		if s, ok := in.call(in.bindTo(m, e), nil, nil).(Str); ok {
			return string(s)
		}
		throw(excTypeError, "__str__ returned non-string")
	}
	switch {
	case len(e.args) == 0:
		return ""
	case e.typ.isSub(excOSError) && len(e.args) >= 2:
		s := fmt.Sprintf("[Errno %s] %s", in.Str(e.args[0]), in.Str(e.args[1]))
		if len(e.args) > 2 {
			s += ": " + in.Repr(e.args[2])
		}
		return s
	case len(e.args) > 1:
		return in.Repr(&Tuple{e.args})
	case e.typ.isSub(excKeyError):
		return in.Repr(e.args[0])
	}
	return in.Str(e.args[0])
}

func (e *Exception) repr(in *Interp) string {
	parts := make([]string, len(e.args))
	for i, a := range e.args {
		parts[i] = in.Repr(a)
	}
	return e.typ.name + "(" + strings.Join(parts, ", ") + ")"
}

// asException turns whatever was recovered into an exception of the language.
// Nothing else crosses: a defect of the evaluator becomes a SystemError.
func asException(r any) *Exception {
	switch r := r.(type) {
	case *Exception:
		return r
	case *nderr.Error:
		return ndException(r)
	case runtime.Error:
		if err := buffer.FaultError(r); err != nil {
			return asException(err)
		}
		if debugPanics {
			debug.PrintStack()
		}
		return &Exception{typ: excSystemError, args: []Value{Str("internal error: " + r.Error())}}
	case error:
		var e *nderr.Error
		if errors.As(r, &e) {
			return ndException(e)
		}
		return &Exception{typ: excSystemError, args: []Value{Str(r.Error())}}
	}
	return &Exception{typ: excSystemError, args: []Value{Str(fmt.Sprint(r))}}
}

// debugPanics prints the stack of a defect; tests set it.
var debugPanics = false

var sentinelClass = []struct {
	err   error
	class *Type
}{
	{nderr.ErrAxis, excAxisError}, {nderr.ErrIndex, excIndexError},
	{nderr.ErrShape, excValueError}, {nderr.ErrValue, excValueError},
	{nderr.ErrReadOnly, excValueError}, {nderr.ErrFormat, excValueError},
	{nderr.ErrClosed, excValueError}, {nderr.ErrPromotion, excDTypePromoErr}, {nderr.ErrDType, excTypeError},
	{nderr.ErrCasting, excUFuncTypeErr}, {nderr.ErrType, excTypeError},
	{nderr.ErrOverflow, excOverflowError}, {nderr.ErrZeroDivision, excZeroDivisionError},
	{nderr.ErrMemory, excMemoryError}, {nderr.ErrExported, excBufferError},
	{nderr.ErrLinAlg, excLinAlgError}, {nderr.ErrNotFound, excKeyError},
	{nderr.ErrTooHard, excTooHardError}, {nderr.ErrFault, excOSError}, {nderr.ErrLocked, excOSError}, {nderr.ErrChanged, excOSError},
}

// ndException gives an error of the library the class that NumPy raises.
func ndException(e *nderr.Error) *Exception {
	class := excValueError
	for _, s := range sentinelClass {
		if errors.Is(e, s.err) {
			class = s.class
			break
		}
	}
	text := e.Msg
	switch {
	case strings.HasPrefix(text, "Cannot cast ufunc") && strings.Contains(text, " output "):
		class = excOutputCastError
	case strings.HasPrefix(text, "Cannot cast ufunc") && strings.Contains(text, " input "):
		class = excInputCastError
	case strings.HasPrefix(text, "ufunc ") && strings.Contains(text, "did not contain a loop"):
		class = excNoLoopError
	case strings.HasPrefix(text, "ufunc ") && strings.Contains(text, "cannot use operands with types"):
		class = excResolutionError
	case strings.HasPrefix(text, "'") && strings.Contains(text, "codec can't encode"):
		class = excUnicodeEncodeError
	case strings.HasPrefix(text, "'") && strings.Contains(text, "codec can't decode"):
		class = excUnicodeDecodeError
	case strings.HasSuffix(text, " out of bounds for int64"):
		text = "Python int too large to convert to C long"
	case strings.HasPrefix(text, "Unable to allocate"):
		class = excArrayMemoryError
	case class == excUFuncTypeErr:
		class = excTypeError
	}
	return &Exception{typ: class, args: []Value{Str(text)}}
}
