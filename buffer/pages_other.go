//go:build !linux

package buffer

// askPages knows of no portable way to ask.
func (b *Buffer) askPages(*Pages, uintptr, uintptr) {}
