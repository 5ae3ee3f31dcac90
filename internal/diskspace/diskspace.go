// Package diskspace makes files longer together with the room on the disk that
// their new bytes will need. A sparse file gets its blocks when a byte is first
// written; if the byte is written through a map and the disk is full by then, the
// writer gets a signal instead of an error.
package diskspace

import (
	"io/fs"
	"os"
	"syscall"
)

// Extend makes f, which has from bytes, to bytes long. The new bytes are zeros.
// Unless sparse is set their room is reserved, where the file system can do that;
// where it cannot, Extend at least refuses what the disk has no room for now. On
// an error (syscall.ENOSPC for a full disk) the file has from bytes as before.
func Extend(f *os.File, from, to int64, sparse bool) error {
	if to <= from {
		return nil
	}
	if sparse {
		return f.Truncate(to)
	}
	if free, known := free(f); known && to-from > free {
		return full(f)
	}
	err := reserve(f, from, to)
	if err == nil {
		err = f.Truncate(to)
	}
	if err != nil {
		f.Truncate(from)
	}
	return err
}

// Renew makes f, which has from bytes, a file of size zero bytes, whatever it held.
// What f held is only lost when the disk has room for the new file, and it may be so
// long (syscall.EFBIG if not).
func Renew(f *os.File, from, size int64, sparse bool) error {
	if free, known := free(f); known && !sparse && size-occupied(f) > free {
		return full(f)
	}
	if from > 0 && size > from {
		if err := f.Truncate(size); err != nil {
			return err
		}
	}
	if err := f.Truncate(0); err != nil { // Windows refuses while somebody maps f
		f.Truncate(from)
		return err
	}
	return Extend(f, 0, size, sparse)
}

func full(f *os.File) error {
	return &fs.PathError{Op: "allocate", Path: f.Name(), Err: syscall.ENOSPC}
}
