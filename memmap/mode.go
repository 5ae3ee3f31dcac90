package memmap

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/internal/pyliteral"
)

// Mode says how a file is mapped, in NumPy's letters.
type Mode string

// The modes. NumPy's long names (readonly, copyonwrite, readwrite, write) are
// understood too.
const (
	ReadOnly    Mode = "r"
	ReadWrite   Mode = "r+"
	Create      Mode = "w+"
	CopyOnWrite Mode = "c"
)

// parse returns the buffer's mode for m.
func (m Mode) parse() (buffer.MapMode, error) {
	switch m {
	case "r", "readonly":
		return buffer.MapRead, nil
	case "r+", "readwrite", "":
		return buffer.MapUpdate, nil
	case "w+", "write":
		return buffer.MapCreate, nil
	case "c", "copyonwrite":
		return buffer.MapCopy, nil
	}
	return 0, &nd.Error{Op: "memmap", Err: nd.ErrValue,
		Msg: "mode must be one of ['r', 'c', 'r+', 'w+', 'readonly', 'copyonwrite', 'readwrite', 'write'] (got " + pyliteral.Quote(string(m)) + ")"}
}
