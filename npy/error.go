package npy

import (
	"errors"
	"fmt"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/internal/nderr"
)

// Error says where a file is not what it should be. It wraps an *nd.Error whose
// Msg is NumPy's text.
type Error struct {
	Path   string // "" when the bytes came from a reader
	Member string // the member of an npz archive, else ""
	Offset int64  // of the trouble, from the start of the file or member
	Need   int64  // bytes the file or member must have; 0 when that does not matter
	Have   int64  // bytes it has
	Err    *nd.Error
}

// Error names the file, the member, the reason and the place, in one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("nd: npy")
	if e.Path != "" {
		b.WriteString(" " + e.Path)
	}
	if e.Member != "" {
		b.WriteString(" member " + e.Member)
	}
	fmt.Fprintf(&b, ": %s (at byte %d", e.Err.Msg, e.Offset)
	if e.Need != 0 {
		fmt.Fprintf(&b, ", need %d bytes, have %d", e.Need, e.Have)
	}
	b.WriteByte(')')
	return strings.ReplaceAll(b.String(), "\n", " ")
}

// Unwrap returns the *nd.Error.
func (e *Error) Unwrap() error { return e.Err }

// inFile adds the path to err if it is an *Error without one.
func inFile(err error, path string) error {
	var e *Error
	if errors.As(err, &e) && e.Path == "" {
		e.Path = path
	}
	return err
}

// inMember is inFile for a member of the archive at path.
func inMember(err error, path, member string) error {
	var e *Error
	if errors.As(err, &e) && e.Path == "" {
		e.Path, e.Member = path, member
	}
	return err
}

func bad(format string, args ...any) *nd.Error {
	return nderr.New("npy", nd.ErrFormat, format, args...)
}
