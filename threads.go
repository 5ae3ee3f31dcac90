package nd

import "github.com/stride-go/nd/internal/parallel"

// SetThreads sets how many goroutines one call may use, the caller's included,
// and returns the number set before; 0, the default, stands for GOMAXPROCS. The
// environment variable ND_THREADS sets it at start. Results do not depend on it.
func SetThreads(n int) int { return parallel.SetThreads(n) }

// Threads returns how many goroutines one call may use.
func Threads() int { return parallel.Threads() }
