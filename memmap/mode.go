package memmap

import "github.com/stride-go/nd/buffer"

// Mode says how a file is mapped, in NumPy's letters.
type Mode string

// The modes. NumPy's long names (readonly, readwrite, write, copyonwrite) are
// understood too.
const (
	ReadOnly    Mode = "r"
	ReadWrite   Mode = "r+"
	Create      Mode = "w+"
	CopyOnWrite Mode = "c"
)

// parse returns the buffer's mode for m.
func (m Mode) parse() (buffer.MapMode, error) {
	if m == "" {
		return buffer.MapUpdate, nil
	}
	return buffer.ParseMapMode(string(m))
}
