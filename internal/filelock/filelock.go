// Package filelock takes advisory locks on whole files: they bind only those who
// ask for them. A lock belongs to the open file, and ends when that is closed in
// every process that has it and, on Linux, unmapped too. On Unix it is flock's, which Python knows as
// fcntl.flock; it is not seen by fcntl.lockf.
package filelock

import "os"

// Try takes a lock without waiting: an exclusive one, which no other lock may
// stand beside, or a shared one. It returns false when somebody else's lock is in
// the way, and an error that wraps errors.ErrUnsupported on a system without
// such locks.
func Try(f *os.File, exclusive bool) (bool, error) { return try(f, exclusive) }

// Unlock gives up the lock that f has, if any. To close f is not enough where a map of
// it, or a process that is just being started, still has it open.
func Unlock(f *os.File) { unlock(f) }
