package printing

import (
	"math"
	"strconv"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/operand"
)

// One item by itself: NumPy's scalar types. Print options do not apply, except
// inside a record.

// positionalEnd returns the magnitude from which a scalar of the width prints
// with an exponent: beyond what its digits can tell apart.
func positionalEnd(bits int) float64 {
	switch bits {
	case 16:
		return 1e3
	case 32:
		return 1e6
	}
	return 1e16
}

// appendReal writes x with the fewest digits that name it, with an exponent only
// when it is large or small; trim is for positional notation.
func appendReal(dst []byte, x float64, bits int, trim Trim) []byte {
	f := Shortest
	if a := math.Abs(x); a == 0 || a >= 1e-4 && a < positionalEnd(bits) {
		f.Trim = trim
		return AppendPositional(dst, x, bits, &f)
	}
	f.Trim = TrimPoint
	return AppendScientific(dst, x, bits, &f)
}

// appendFloatStr writes str of a floating-point scalar: 1.5, 2.0, 1e+16.
func appendFloatStr(dst []byte, x float64, bits int) []byte {
	return appendReal(dst, x, bits, TrimOne)
}

// appendComplexStr writes str of a complex scalar with parts of the width bits:
// 2j when the real part is +0, (1+2j) otherwise.
func appendComplexStr(dst []byte, re, im float64, bits int) []byte {
	if re == 0 && !math.Signbit(re) {
		return append(appendReal(dst, im, bits, TrimPoint), 'j')
	}
	dst = appendReal(append(dst, '('), re, bits, TrimPoint)
	if math.IsNaN(im) || !math.Signbit(im) {
		dst = append(dst, '+')
	}
	return append(appendReal(dst, im, bits, TrimPoint), 'j', ')')
}

// ScalarStr returns str of the item at o.Ptr as a NumPy scalar: 1.5, True, x,
// b'x', (1, 2.5). The axes of o are not looked at.
func ScalarStr(o operand.Operand, opts *Options) (string, error) {
	b, err := appendScalar(nil, o.Ptr, o.DType, opts)
	return string(b), err
}

// ScalarRepr returns repr of the item at o.Ptr as a NumPy scalar:
// np.float64(1.5), np.True_, np.str_('x'), np.void((1, 2.5), dtype=[…]).
func ScalarRepr(o operand.Operand, opts *Options) (string, error) {
	d := o.DType
	var b []byte
	switch d.Kind() {
	case dtype.KindBool:
		b = append(b, "np."...)
		b = append(b, boolText(numberOf(d).word(o.Ptr) != 0)...)
		return string(append(b, '_')), nil
	case dtype.KindBytes:
		b = appendBytesRepr(append(b, "np.bytes_("...), textBytes(o.Ptr, d))
		return string(append(b, ')')), nil
	case dtype.KindStr:
		b = appendRunesRepr(append(b, "np.str_("...), textRunes(o.Ptr, d))
		return string(append(b, ')')), nil
	case dtype.KindVoid:
		b, err := appendScalar(append(b, "np.void("...), o.Ptr, d, opts)
		if err != nil {
			return "", err
		}
		if d.IsStruct() {
			b = append(b, ", dtype="+d.String()...)
		}
		return string(append(b, ')')), nil
	}
	b = append(append(append(b, "np."...), d.Name()...), '(')
	start := len(b)
	b, err := appendScalar(b, o.Ptr, d, opts)
	if err == nil && b[start] == '(' { // np.complex128(1+2j): one pair is enough
		return string(append(b[:start], b[start+1:]...)), nil
	}
	return string(append(b, ')')), err
}

func boolText(v bool) string {
	if v {
		return "True"
	}
	return "False"
}

// appendScalar writes str of one item.
func appendScalar(dst []byte, p unsafe.Pointer, d dtype.DType, opts *Options) ([]byte, error) {
	n := numberOf(d)
	switch {
	case d.Kind() == dtype.KindBool:
		return append(dst, boolText(n.word(p) != 0)...), nil
	case d.IsSigned():
		return strconv.AppendInt(dst, n.integer(p), 10), nil
	case d.IsUnsigned():
		return strconv.AppendUint(dst, n.word(p), 10), nil
	case d.IsFloat():
		return appendFloatStr(dst, n.float(p), n.width()), nil
	case d.IsComplex():
		return appendComplexStr(dst, n.float(p), n.imag(p), n.width()), nil
	case d.Kind() == dtype.KindBytes:
		return appendBytesRepr(dst, textBytes(p, d)), nil
	case d.Kind() == dtype.KindStr:
		return append(dst, string(textRunes(p, d))...), nil
	case d.IsStruct():
		return appendRecord(dst, p, d, opts)
	}
	return appendVoid(dst, rawBytes(p, d.ItemSize())), nil
}

// appendRecord writes one record by itself: as in an array, but with floats in
// full, whatever the precision.
func appendRecord(dst []byte, p unsafe.Pointer, d dtype.DType, opts *Options) ([]byte, error) {
	if err := opts.Check(); err != nil {
		return nil, err
	}
	o := style{Options: *opts, fullFloats: true}
	return newColumn(items{ptr: p, dtype: d}, &o).append(dst, p), nil
}
