package calc

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

// littleEndian skips a test whose golden answers name the byte order, or hold the
// bytes, of a little-endian machine.
func littleEndian(t *testing.T) {
	t.Helper()
	if dtype.Native != dtype.Little {
		t.Skip("the golden answers are a little-endian machine's")
	}
}
