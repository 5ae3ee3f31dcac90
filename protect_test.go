package nd

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// mapOf maps a new file of n zero bytes and returns the file's path.
func mapOf(t *testing.T, n int) (*buffer.Buffer, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "map")
	if err := os.WriteFile(path, make([]byte, n), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	buf, err := buffer.Map(f, 0, n, buffer.MapUpdate)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { buf.Close() })
	return buf, path
}

// Whatever touches the items of a map whose file was truncated reports a fault
// and leaves the process alive; a closed map is refused at the door.
func TestEveryDoorSurvivesAFault(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a system that truncates mapped files")
	}
	const n = 1 << 16
	buf, path := mapOf(t, n)
	a, err := Over(buf, dtype.Int64, []int{n / 64, 8}, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	mask, err := Over(buf, dtype.Bool, []int{n}, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	swapped, err := Over(buf, dtype.Int64.Swapped(), []int{n / 8}, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	doors := map[string]func(){
		"At":       func() { a.At[int64](3, 3) },
		"At >":     func() { swapped.At[int64](3) },
		"Set":      func() { a.Set(int64(1), 3, 3) },
		"Set cast": func() { a.Set(1.0, 3, 3) },
		"Item":     func() { a.Index("3:4, 3").Item[int64]() },
		"All": func() {
			sum := int64(0)
			for _, v := range a.All[int64]() {
				sum += v
			}
		},
		"All >": func() {
			for range swapped.All[int64]() {
			}
		},
		"Lanes": func() {
			sum := int64(0)
			for lane := range a.Lanes[int64](1) {
				sum += lane[0]
			}
		},
		"Lanes 0": func() {
			for range a.Lanes[int64](0) {
			}
		},
		"Copy":    func() { a.Copy() },
		"Assign":  func() { a.Assign(3) },
		"Add":     func() { a.Add(1) },
		"Add out": func() { Zeros(dtype.Int64, 8).Add(1, Out(a)) },
		"Sum":     func() { a.Sum() },
		"CumSum":  func() { a.CumSum() },
		"AsType":  func() { a.AsType(dtype.Float32) },
		"Take":    func() { a.Take(Of([]int{1, 2})) },
		"Pick":    func() { a.Pick(By(Of([]int{5, 6}))) },
		"SetPick": func() { a.SetPick(1, By(Of([]int{5, 6}))) },
		"mask":    func() { Zeros(dtype.Int8, n).Pick(By(mask)) },
		"String":  func() { _ = a.String() },
		"Sort":    func() { _ = a.T().Ravel() },
	}
	for name, door := range doors {
		if err := Try(door); !errors.Is(err, ErrFault) {
			t.Errorf("%s: %v", name, err)
		}
	}
	buf.Close()
	for name, door := range doors {
		if err := Try(door); !errors.Is(err, ErrClosed) {
			t.Errorf("%s after Close: %v", name, err)
		}
	}
}

// A break and a panic leave a guarded loop as they leave any other.
func TestGuardedLoopControl(t *testing.T) {
	buf, _ := mapOf(t, 4096)
	a, err := Over(buf, dtype.Uint8, []int{4096}, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for i := range a.All[uint8]() {
		if seen++; i == 9 {
			break
		}
	}
	if seen != 10 {
		t.Errorf("%d items before the break", seen)
	}
	defer func() {
		if r := recover(); r != "mine" {
			t.Errorf("recovered %v", r)
		}
	}()
	for range a.All[uint8]() {
		panic("mine")
	}
}

func BenchmarkAtMapped(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "x"))
	if err != nil {
		b.Fatal(err)
	}
	f.Truncate(4096)
	buf, err := buffer.Map(f, 0, 4096, buffer.MapRead)
	if err != nil {
		b.Fatal(err)
	}
	a, err := Over(buf, dtype.Float64, []int{512}, nil, 0)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		a.At[float64](3)
	}
}

// Close may come while other goroutines work on the map: they end with an error.
func TestCloseWhileInUse(t *testing.T) {
	for range 5 {
		buf, _ := mapOf(t, 1<<20)
		a, err := Over(buf, dtype.Float64, []int{1 << 17}, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		start, done := make(chan bool), make(chan error)
		for k := range 4 {
			go func() {
				<-start
				for {
					if err := Try(func() {
						switch k {
						case 0:
							a.Add(1.0)
						case 1:
							a.Sum()
						case 2:
							a.At[float64](5)
						case 3:
							a.Copy()
						}
					}); err != nil {
						done <- err
						return
					}
					runtime.Gosched() // js has no other way to let Close run
				}
			}()
		}
		close(start)
		runtime.Gosched()
		if err := buf.Close(); err != nil {
			t.Fatal(err)
		}
		for range 4 {
			if err := <-done; !errors.Is(err, ErrClosed) {
				t.Error(err)
			}
		}
	}
}
