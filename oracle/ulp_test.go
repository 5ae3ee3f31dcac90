package oracle

import (
	"bytes"
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

// sameData reports whether two answers hold the same bytes, or the same floats
// where only the bits of a NaN differ: those are the machine's own affair.
func sameData(want, got *answer) bool {
	return bytes.Equal(want.Data, got.Data) || eachFloat(want, got, func(w, g []byte, order binary.ByteOrder) bool {
		_, wnan := ordinal(w, order)
		_, gnan := ordinal(g, order)
		return wnan && gnan || bytes.Equal(w, g)
	})
}

// closeData reports whether two answers differ only in the last places of
// their floats. Complex numbers are compared part by part.
func closeData(want, got *answer) bool {
	return eachFloat(want, got, func(w, g []byte, order binary.ByteOrder) bool {
		x, wnan := ordinal(w, order)
		y, gnan := ordinal(g, order)
		return wnan == gnan && (wnan || max(x-y, y-x) <= ulps[len(w)])
	})
}

// eachFloat reports whether same holds for every pair of floats of two answers
// that have one floating dtype and one length.
func eachFloat(want, got *answer, same func(w, g []byte, order binary.ByteOrder) bool) bool {
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
		if !same(want.Data[i:i+size], got.Data[i:i+size], order) {
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
	nan := func(b ...byte) *answer { return &answer{DType: "<f2", Data: b} }
	if !sameData(nan(0, 0x7e), nan(1, 0xfe)) || sameData(nan(0, 0), nan(0, 0x80)) || sameData(nan(0, 0x7c), nan(1, 0x7c)) {
		t.Error("sameData is wrong about NaN, zeros or infinity")
	}
	if closeText("(1.5, 'a')", "(1.5, 'b')") || closeText("1.5", "1.6") || !closeText("0.1", "0.10000000000000002") {
		t.Error("closeText is wrong")
	}
}
