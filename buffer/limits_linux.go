package buffer

import (
	"os"
	"runtime/metrics"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// limitRoom returns how many bytes the limits of the process itself leave (ulimit
// -v and -d), beyond which the Go runtime ends it.
func limitRoom() (int64, bool) {
	var room int64
	limited := false
	for _, l := range [...]struct{ resource, column int }{{unix.RLIMIT_AS, 0}, {unix.RLIMIT_DATA, 5}} {
		var r unix.Rlimit
		if unix.Getrlimit(l.resource, &r) != nil || r.Cur == unix.RLIM_INFINITY {
			continue
		}
		used, ok := statm(l.column)
		if left := int64(min(r.Cur, 1<<62)) - used; ok && (!limited || left < room) {
			room, limited = left, true
		}
	}
	if !limited {
		return 0, false
	}
	// Addresses that the Go heap keeps count as used, and serve again.
	idle := []metrics.Sample{{Name: "/memory/classes/heap/free:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(idle)
	for _, s := range idle {
		room += int64(s.Value.Uint64())
	}
	return max(room, 0), true
}

// statm returns a column of /proc/self/statm in bytes: 0 counts all addresses, 5
// what belongs to the process alone.
func statm(column int) (int64, bool) {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, false
	}
	f := strings.Fields(string(text))
	if len(f) <= column {
		return 0, false
	}
	pages, err := strconv.ParseInt(f[column], 10, 64)
	return pages * int64(os.Getpagesize()), err == nil
}
