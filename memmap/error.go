package memmap

import (
	"fmt"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
)

// Error says why a file cannot be mapped as asked. It wraps an *nd.Error whose
// Msg is NumPy's text.
type Error struct {
	Path   string
	Mode   buffer.MapMode
	Offset int64
	Need   int64 // bytes the file must hold; 0 when that is not known
	Have   int64 // bytes the file holds
	Err    *nd.Error
}

// Error names the file, the reason, the offset, and the bytes needed and there.
func (e *Error) Error() string {
	s := fmt.Sprintf("nd: memmap %s: %s (mode %s, offset %d", e.Path, e.Err.Msg, e.Mode, e.Offset)
	if e.Need != 0 {
		s += fmt.Sprintf(", need %d bytes", e.Need)
	}
	return s + fmt.Sprintf(", have %d bytes)", e.Have)
}

// Unwrap returns the *nd.Error.
func (e *Error) Unwrap() error { return e.Err }

func (r *request) refuse(need, have int64, kind error, msg string) error {
	return &Error{
		Path: r.path, Mode: r.mode, Offset: r.offset, Need: need, Have: have,
		Err: &nd.Error{Op: "memmap", Err: kind, Msg: msg},
	}
}
