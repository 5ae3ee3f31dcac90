//go:build !unix

package savefile

import (
	"io/fs"
	"os"
)

// hold does nothing: Windows numbers its files so that a number does not come back soon.
func hold(*os.File) (release func()) { return func() {} }

// keepOwner returns the permissions of the file that f is to replace.
func keepOwner(_ *os.File, old fs.FileInfo) fs.FileMode { return old.Mode().Perm() }
