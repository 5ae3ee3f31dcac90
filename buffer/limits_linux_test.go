package buffer

import (
	"errors"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/stride-go/nd/internal/nderr"
)

// A limit of the process is an error of the block that would break it, where the Go
// runtime would end the process.
func TestLimitsOfTheProcess(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector takes memory beside every block, and ends the process without")
	}
	for _, l := range []struct {
		name             string
		resource, column int
	}{{"ulimit -v", unix.RLIMIT_AS, 0}, {"ulimit -d", unix.RLIMIT_DATA, 5}} {
		var old, now unix.Rlimit
		used, ok := statm(l.column)
		if err := unix.Getrlimit(l.resource, &old); err != nil || !ok {
			t.Skip(err)
		}
		limit := unix.Rlimit{Cur: min(uint64(used)+1<<30, old.Cur), Max: old.Max}
		must(t, unix.Setrlimit(l.resource, &limit))
		if unix.Getrlimit(l.resource, &now); now.Cur != limit.Cur {
			t.Skip("an emulator, which sets no limits")
		}
		for range 2 {
			_, err := MakeUninit(3 << 30)
			_, zeroed := Make(3 << 30)
			if !errors.Is(err, nderr.ErrMemory) || !errors.Is(zeroed, nderr.ErrMemory) {
				t.Errorf("%s: %v, %v", l.name, err, zeroed)
			}
		}
		b, err := MakeUninit(300 << 20) // untouched
		must(t, errors.Join(err, unix.Setrlimit(l.resource, &old)))
		must(t, b.Close())
	}
}
