package loop

import (
	"math"
	"strconv"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// Number is one item of a numeric dtype, read out for work that is not done in
// blocks: text, range checks, messages.
type Number struct {
	Kind dtype.Kind
	I    int64   // bool, integers; the bits of a uint64
	Re   float64 // floats and the real part
	Im   float64
}

// ReadNumber reads the item of dtype d at p, whatever its byte order and alignment.
func ReadNumber(p unsafe.Pointer, d dtype.DType) Number {
	var raw [2]uint64
	size := d.ItemSize()
	b := unsafe.Slice((*byte)(unsafe.Pointer(&raw)), 16)
	copy(b[:size], unsafe.Slice((*byte)(p), size))
	if s := sideOf(d).swap; s != 0 {
		swapUnits(b[:size], s)
	}
	n := Number{Kind: d.Kind()}
	q := unsafe.Pointer(&raw)
	switch n.Kind {
	case dtype.KindBool:
		if b[0] != 0 {
			n.I = 1
		}
	case dtype.KindInt8:
		n.I = int64(*(*int8)(q))
	case dtype.KindUint8:
		n.I = int64(*(*uint8)(q))
	case dtype.KindInt16:
		n.I = int64(*(*int16)(q))
	case dtype.KindUint16:
		n.I = int64(*(*uint16)(q))
	case dtype.KindInt32:
		n.I = int64(*(*int32)(q))
	case dtype.KindUint32:
		n.I = int64(*(*uint32)(q))
	case dtype.KindInt64, dtype.KindUint64:
		n.I = *(*int64)(q)
	case dtype.KindFloat16:
		n.Re = (*(*float16.Float16)(q)).Float64()
	case dtype.KindFloat32:
		n.Re = float64(*(*float32)(q))
	case dtype.KindFloat64:
		n.Re = *(*float64)(q)
	case dtype.KindComplex64:
		c := *(*complex64)(q)
		n.Re, n.Im = float64(real(c)), float64(imag(c))
	case dtype.KindComplex128:
		c := *(*complex128)(q)
		n.Re, n.Im = real(c), imag(c)
	}
	return n
}

// WriteNumber writes n, whose kind is that of d, as an item of dtype d at p.
func WriteNumber(p unsafe.Pointer, d dtype.DType, n Number) {
	var raw [2]uint64
	q := unsafe.Pointer(&raw)
	switch d.Kind() {
	case dtype.KindBool, dtype.KindInt8, dtype.KindUint8:
		*(*uint8)(q) = uint8(n.I)
	case dtype.KindInt16, dtype.KindUint16:
		*(*uint16)(q) = uint16(n.I)
	case dtype.KindInt32, dtype.KindUint32:
		*(*uint32)(q) = uint32(n.I)
	case dtype.KindInt64, dtype.KindUint64:
		*(*int64)(q) = n.I
	case dtype.KindFloat16:
		*(*float16.Float16)(q) = float16.FromFloat64(n.Re)
	case dtype.KindFloat32:
		*(*float32)(q) = float32(n.Re)
	case dtype.KindFloat64:
		*(*float64)(q) = n.Re
	case dtype.KindComplex64:
		*(*complex64)(q) = complex(float32(n.Re), float32(n.Im))
	case dtype.KindComplex128:
		*(*complex128)(q) = complex(n.Re, n.Im)
	}
	size := d.ItemSize()
	b := unsafe.Slice((*byte)(q), 16)[:size]
	if s := sideOf(d).swap; s != 0 {
		swapUnits(b, s)
	}
	copy(unsafe.Slice((*byte)(p), size), b)
}

func swapUnits(b []byte, unit int) {
	for len(b) >= unit && unit > 1 {
		for i, j := 0, unit-1; i < j; i, j = i+1, j-1 {
			b[i], b[j] = b[j], b[i]
		}
		b = b[unit:]
	}
}

// Text returns the number as str() prints NumPy's scalar.
func (n Number) Text() string {
	switch n.Kind {
	case dtype.KindBool:
		if n.I != 0 {
			return "True"
		}
		return "False"
	case dtype.KindUint64:
		return strconv.FormatUint(uint64(n.I), 10)
	case dtype.KindFloat16, dtype.KindFloat32, dtype.KindFloat64:
		return floatText(n.Re, n.Kind, true)
	case dtype.KindComplex64, dtype.KindComplex128:
		return n.complexText()
	}
	return strconv.FormatInt(n.I, 10)
}

// floatText prints the shortest digits that give x back in its kind, positional
// from 1e-4 up to 1e16 (1e6 for float32, 1e3 for float16), else scientific.
func floatText(x float64, k dtype.Kind, point bool) string {
	switch {
	case math.IsNaN(x):
		return "nan"
	case math.IsInf(x, 1):
		return "inf"
	case math.IsInf(x, -1):
		return "-inf"
	}
	high := 1e16
	switch k {
	case dtype.KindFloat16:
		high = 1e3
	case dtype.KindFloat32, dtype.KindComplex64:
		high = 1e6
	}
	if a := math.Abs(x); a != 0 && (a < 1e-4 || a >= high) {
		return shortest(x, 'e', k)
	}
	s := shortest(x, 'f', k)
	if point {
		for i := range s {
			if s[i] == '.' {
				return s
			}
		}
		s += ".0"
	}
	return s
}

func shortest(x float64, format byte, k dtype.Kind) string {
	switch k {
	case dtype.KindFloat32, dtype.KindComplex64:
		return strconv.FormatFloat(x, format, -1, 32)
	case dtype.KindFloat16:
		// The fewest digits that round to the same float16.
		h := float16.FromFloat64(x)
		for prec := range 6 {
			e := strconv.FormatFloat(x, 'e', prec, 64)
			if y, _ := strconv.ParseFloat(e, 64); float16.FromFloat64(y) == h {
				if format == 'e' {
					return e
				}
				return strconv.FormatFloat(y, 'f', -1, 64)
			}
		}
	}
	return strconv.FormatFloat(x, format, -1, 64)
}

// complexText prints 2j for a value whose real part is +0, else (1+2j).
func (n Number) complexText() string {
	im := floatText(n.Im, n.Kind, false)
	if n.Re == 0 && !math.Signbit(n.Re) {
		return im + "j"
	}
	if im[0] != '-' {
		im = "+" + im
	}
	return "(" + floatText(n.Re, n.Kind, false) + im + "j)"
}

// TextLength returns how many characters the longest number of a kind may take,
// as NumPy counts them: the length of the string dtype it is cast to.
func TextLength(k dtype.Kind) int {
	switch k {
	case dtype.KindBool:
		return 5
	case dtype.KindUint8:
		return 3
	case dtype.KindInt8:
		return 4
	case dtype.KindUint16:
		return 5
	case dtype.KindInt16:
		return 6
	case dtype.KindUint32:
		return 10
	case dtype.KindInt32:
		return 11
	case dtype.KindUint64:
		return 20
	case dtype.KindInt64:
		return 21
	case dtype.KindComplex64, dtype.KindComplex128:
		return 64
	}
	return 32
}
