package printing

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"testing"

	"github.com/stride-go/nd/float16"
)

// NumPy's str of every float16, and of all powers of two with their neighbours
// (where the interval of numbers that read back is lopsided), as digests of the
// lines that
//
//	for x in …: h.update((str(x) + "\n").encode())
//
// gave in NumPy 2.4.6.
func TestShortestDigests(t *testing.T) {
	h := sha256.New()
	check := func(name, want string) {
		if got := hex.EncodeToString(h.Sum(nil)); got != want {
			t.Errorf("%s: digest %s, want %s", name, got, want)
		}
		h.Reset()
	}
	line := func(x float64, bits int) {
		h.Write(append(appendFloatStr(nil, x, bits), '\n'))
	}
	for i := range 1 << 16 {
		line(float16.FromBits(uint16(i)).Float64(), 16)
	}
	check("float16", "9d4becc5a73cf5f506e4cffdda8e56a01d0ae414d35fd1b65b56052095210160")
	for e := -149; e < 128; e++ {
		p := float32(math.Ldexp(1, e))
		line(float64(math.Nextafter32(p, 0)), 32)
		line(float64(p), 32)
		line(float64(math.Nextafter32(p, float32(math.Inf(1)))), 32)
	}
	check("float32", "5436c390a82460032dbd1146cd02a97b7746bfdf6df06b197568606b9f786f44")
	for e := -1074; e < 1024; e++ {
		p := math.Ldexp(1, e)
		line(math.Nextafter(p, 0), 64)
		line(p, 64)
		line(math.Nextafter(p, math.Inf(1)), 64)
	}
	check("float64", "2179dd264667b4d84bbd4aeff090114a1d385763e236b5a503821127c5be4306")
}
