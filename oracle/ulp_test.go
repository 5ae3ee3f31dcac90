package oracle

import (
	"encoding/binary"
	"math"
	"regexp"
	"strconv"
	"testing"
)

// ulps is how far an approximate answer may lie from NumPy's, in units of the
// last place, for each width of float: the libraries of elementary functions
// differ there.
var ulps = map[int]int64{2: 1, 4: 2, 8: 1}

// closeData reports whether two answers of one dtype differ only in the last
// places of their floats. Complex numbers are compared part by part.
func closeData(want, got *answer) bool {
	if want.DType != got.DType || len(want.DType) < 3 || len(want.Data) != len(got.Data) {
		return false
	}
	var order binary.ByteOrder = binary.LittleEndian
	if want.DType[0] == '>' {
		order = binary.BigEndian
	}
	size, err := strconv.Atoi(want.DType[2:])
	if err != nil {
		return false
	}
	switch want.DType[1] {
	case 'c':
		size /= 2
	case 'f':
	default:
		return false
	}
	for i := 0; i < len(want.Data); i += size {
		w, wnan := ordinal(want.Data[i:i+size], order)
		g, gnan := ordinal(got.Data[i:i+size], order)
		if wnan != gnan || !wnan && max(w-g, g-w) > ulps[size] {
			return false
		}
	}
	return true
}

// ordinal numbers the floats of one width in order, both zeros 0; nan says that
// the bytes are none of them.
func ordinal(b []byte, order binary.ByteOrder) (n int64, nan bool) {
	var bits uint64
	var mantissa uint
	switch len(b) {
	case 2:
		bits, mantissa = uint64(order.Uint16(b)), 10
	case 4:
		bits, mantissa = uint64(order.Uint32(b)), 23
	default:
		bits, mantissa = order.Uint64(b), 52
	}
	sign := uint64(1) << (8*len(b) - 1)
	magnitude := bits &^ sign
	inf := (sign - 1) >> mantissa << mantissa
	if bits&sign != 0 {
		return -int64(magnitude), magnitude > inf
	}
	return int64(magnitude), magnitude > inf
}

var number = regexp.MustCompile(`[0-9]+\.?[0-9]*(e[-+]?[0-9]+)?`)

// closeText reports whether two texts differ only in the last places of numbers.
func closeText(want, got string) bool {
	if number.ReplaceAllString(want, "#") != number.ReplaceAllString(got, "#") {
		return false
	}
	w, g := number.FindAllString(want, -1), number.FindAllString(got, -1)
	for i := range w {
		x, errX := strconv.ParseFloat(w[i], 64)
		y, errY := strconv.ParseFloat(g[i], 64)
		if errX != nil || errY != nil || math.Abs(x-y) > 2.3e-16*math.Abs(x) {
			return false
		}
	}
	return true
}

func TestOrdinal(t *testing.T) {
	put := func(x float64) []byte { return binary.BigEndian.AppendUint64(nil, math.Float64bits(x)) }
	for _, c := range []struct {
		a, b float64
		want int64
	}{
		{1, math.Nextafter(1, 2), 1}, {-1, math.Nextafter(-1, 0), 1}, {0, math.Copysign(0, -1), 0},
		{5e-324, -5e-324, 2}, {math.MaxFloat64, math.Inf(1), 1},
	} {
		a, nanA := ordinal(put(c.a), binary.BigEndian)
		b, nanB := ordinal(put(c.b), binary.BigEndian)
		if nanA || nanB || max(a-b, b-a) != c.want {
			t.Errorf("%v and %v are %d apart, want %d", c.a, c.b, max(a-b, b-a), c.want)
		}
	}
	if _, nan := ordinal(put(math.NaN()), binary.BigEndian); !nan {
		t.Error("NaN has an ordinal")
	}
	if n, nan := ordinal([]byte{0x00, 0x3c}, binary.LittleEndian); nan || n != 0x3c00 {
		t.Errorf("float16 1.0 has ordinal %x", n)
	}
	if closeText("(1.5, 'a')", "(1.5, 'b')") || closeText("1.5", "1.6") || !closeText("0.1", "0.10000000000000002") {
		t.Error("closeText is wrong")
	}
}
