//go:build !unix

package savefile

import (
	"io/fs"
	"os"
)

// keepOwner returns the permissions of the file that f is to replace.
func keepOwner(_ *os.File, old fs.FileInfo) fs.FileMode { return old.Mode().Perm() }
