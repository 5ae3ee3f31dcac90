package sorting

import (
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// key is an unsigned integer that stands for a number of the same size: k(a) <
// k(b) exactly if a sorts before b.
type key interface {
	uint8 | uint16 | uint32 | uint64
}

// form says how the bits of a number become its key.
type form uint8

const (
	asUnsigned form = iota // the bits are the key
	asSigned               // the sign bit is flipped
	asFloat                // negative numbers are inverted, the others get the sign bit
)

// keyed describes a kind that has keys.
type keyed struct {
	form form
	size int    // bytes
	inf  uint64 // the bits of +Inf, for floats
}

// keyOf returns how items of dtype dt become keys, and whether they do.
func keyOf(dt dtype.DType) (keyed, bool) {
	switch dt.Kind() {
	case dtype.KindBool, dtype.KindUint8:
		return keyed{form: asUnsigned, size: 1}, true
	case dtype.KindUint16, dtype.KindUint32, dtype.KindUint64:
		return keyed{form: asUnsigned, size: dt.ItemSize()}, true
	case dtype.KindInt8, dtype.KindInt16, dtype.KindInt32, dtype.KindInt64:
		return keyed{form: asSigned, size: dt.ItemSize()}, true
	case dtype.KindFloat16:
		return keyed{asFloat, 2, 0x7c00}, true
	case dtype.KindFloat32:
		return keyed{asFloat, 4, 0x7f800000}, true
	case dtype.KindFloat64:
		return keyed{asFloat, 8, 0x7ff0000000000000}, true
	}
	return keyed{}, false
}

// signBit returns the top bit of a key.
func signBit[K key]() K { return ^(^K(0) >> 1) }

// width returns the bits of a key.
func width[K key]() int { return bits.Len64(uint64(^K(0))) }

// keysAt returns n items at p as the bits they are.
//
// Invariant of the unsafe use: p holds n aligned items of K's size.
func keysAt[K key](p unsafe.Pointer, n int) []K { return unsafe.Slice((*K)(p), n) }

// floatKey returns the key of a float that is no NaN. The key of -0 is one less
// than that of 0.
func floatKey[K key](b K) K {
	return b ^ (-(b >> (width[K]() - 1)) | signBit[K]()) // no branch: signs are hard to guess
}

// floatOfKey inverts floatKey.
func floatOfKey[K key](k K) K {
	if s := signBit[K](); k&s != 0 {
		return k &^ s
	}
	return ^k
}

// totalKey returns the key of any number: all NaNs have the greatest key, and -0
// that of 0.
func totalKey[K key](b K, how keyed) K {
	s := signBit[K]()
	switch how.form {
	case asSigned:
		return b ^ s
	case asFloat:
		switch m := b &^ s; {
		case m > K(how.inf):
			return ^K(0)
		case m == 0:
			return s
		}
		return floatKey(b)
	}
	return b
}

// zeros remembers which zeros of a run of floats are negative, in the order in
// which they stood; nil if they are all alike.
type zeros []bool

// toKeys turns floats into keys where they are: numbers first, NaNs, which keep
// their bits and their order, last. It returns how many are no NaN, and the zeros.
func toKeys[K key](s []K, inf K) (int, zeros) {
	sign := signBit[K]()
	nans, neg, pos := 0, 0, 0
	for _, b := range s {
		m := b &^ sign
		if m > inf {
			nans++
		}
		if m == 0 {
			if b == 0 {
				pos++
			} else {
				neg++
			}
		}
	}
	if nans > 0 {
		last := make([]K, 0, nans)
		at := 0
		for _, b := range s {
			if b&^sign > inf {
				last = append(last, b)
				continue
			}
			s[at] = b
			at++
		}
		copy(s[at:], last)
		s = s[:at]
	}
	var z zeros
	if neg > 0 && pos > 0 {
		z = make(zeros, 0, neg+pos)
		for _, b := range s {
			if b&^sign == 0 {
				z = append(z, b != 0)
			}
		}
	}
	for i, b := range s {
		s[i] = floatKey(b)
	}
	return len(s), z
}

// fromKeys turns sorted keys back into floats. The zeros, which are one run, get
// back the order that they had.
func fromKeys[K key](s []K, z zeros) {
	first := -1
	for i, k := range s {
		s[i] = floatOfKey(k)
		if z != nil && first < 0 && s[i]<<1 == 0 {
			first = i
		}
	}
	if first < 0 {
		return
	}
	for i, neg := range z[:min(len(z), len(s)-first)] { // all of z, unless somebody else has changed s
		s[first+i] = 0
		if neg {
			s[first+i] = signBit[K]()
		}
	}
}
