//go:build !amd64

package buffer

// settleCPU has nothing to do: the vector units of the other platforms have no
// state that slows plain code down.
func settleCPU() {}
