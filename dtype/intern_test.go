package dtype

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
)

func internedCount() int {
	interned.Lock()
	defer interned.Unlock()
	return len(interned.m)
}

// TestInternForgets parses many headers, as a service would, and expects that
// nothing of them stays.
func TestInternForgets(t *testing.T) {
	before := internedCount()
	for i := range 2000 {
		if _, err := Parse(fmt.Sprintf("[('forgotten%d', [('inner%d', '<i4', (2,))])]", i, i)); err != nil {
			t.Fatal(err)
		}
	}
	for range 100 {
		runtime.GC()
		if internedCount() <= before+20 {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d interned layouts stay, there were %d", internedCount(), before)
}

// TestInternWhileCollecting makes the same structure in many goroutines while
// old copies die; all the living ones must be ==.
func TestInternWhileCollecting(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 300 {
				text := fmt.Sprintf("i4,(2,3)f8,S%d", i%7)
				a, err1 := Parse(text)
				if i%50 == 0 {
					runtime.GC()
				}
				b, err2 := Parse(text)
				if err1 != nil || err2 != nil || a != b {
					t.Errorf("%s: %v %v differ", text, a, b)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestDTypeIsMapKey checks that equal dtypes are one key, nested ones too.
func TestDTypeIsMapKey(t *testing.T) {
	m := map[DType]int{}
	for range 3 {
		for _, s := range []string{"<f8", ">f8", "(2,)<f8", "(2,)>f8", "i4,i4", "[('f0','i4'),('f1','i4')]", "[('a','i4,i4')]", "[('a',[('f0','i4'),('f1','i4')])]"} {
			d, err := Parse(s)
			if err != nil {
				t.Fatal(err)
			}
			m[d]++
		}
	}
	if len(m) != 6 {
		t.Errorf("%d keys, want 6: %v", len(m), m)
	}
}
