//go:build !linux

package buffer

// CreateSealed makes a segment without a name that nobody can truncate. Linux
// alone has it: elsewhere it returns errors.ErrUnsupported.
func CreateSealed(label string, n int) (*Segment, error) { return nil, unsupported("a memfd") }

// Sealed tells whether nobody can shrink the segment.
func (s *Segment) Sealed() bool { return false }
