package kernel

import "unsafe"

// Steps of sorting networks on many sequences at once: a place holds one item of each
// sequence, side by side, and a step puts the items of two places in order.

const (
	PlaceBytes  = 128                     // of a place: 16 items of 8 bytes, 32 of 4, and so on
	PlacesMost  = 256                     // as many as a byte tells apart
	SecondBytes = PlacesMost * PlaceBytes // from a place of first words to that of the second
)

// An Exchange takes n pairs of places, a byte each, counted from the address places on,
// and puts the lesser of their signed items into the first place, the greater into the
// second, lane by lane, one pair after another.
type Exchange func(places, pairs unsafe.Pointer, n int)

// Places has the loops for items of one size. Unsigned items and floats get the order of
// signed ones by turning some of their bits, and are what they were when these are turned
// once more.
type Places struct {
	Exchange   Exchange
	TurnSigns  func(places unsafe.Pointer, n int)     // of n places: the sign bits, for unsigned items
	TurnFloats func(places unsafe.Pointer, n int)     // all bits but the sign of negative floats
	OddFloats  func(places unsafe.Pointer, n int) int // not 0 if there is a NaN, or a zero with a sign, which TurnFloats does not make equal
}

// exchangeLoops are the loops for items of 1, 2, 4 and 8 bytes, and that for two words
// a lane.
type exchangeLoops struct {
	items [9]Places
	pairs Exchange
	fast  bool // vectors: all lanes of a place take hardly longer than one
}

var exchangesInGo = exchangeLoops{
	items: [9]Places{
		1: {Exchange: exchange[int8], TurnSigns: turnSigns[uint8]},
		2: {exchange[int16], turnSigns[uint16], turnFloats[uint16], func(p unsafe.Pointer, n int) int { return oddFloats[uint16](p, n, 0x7c00) }},
		4: {exchange[int32], turnSigns[uint32], turnFloats[uint32], func(p unsafe.Pointer, n int) int { return oddFloats[uint32](p, n, 0x7f800000) }},
		8: {exchange[int64], turnSigns[uint64], turnFloats[uint64], func(p unsafe.Pointer, n int) int { return oddFloats[uint64](p, n, 0x7ff0000000000000) }},
	},
	pairs: exchangePairs,
}

var exchanges = exchangesInGo

// PlacesOf returns the loops for items of 1, 2, 4 or 8 bytes; floats have at least 2.
func PlacesOf(size int) *Places { return &exchanges.items[size] }

// ExchangePairs returns the loop for lanes of two words of 64 bits, the second of which
// lie SecondBytes behind the first and decide where those are equal.
func ExchangePairs() Exchange { return exchanges.pairs }

// FastExchanges reports whether the loops take whole places at once.
func FastExchanges() bool { return exchanges.fast }

func exchange[T int8 | int16 | int32 | int64](places, pairs unsafe.Pointer, n int) {
	lanes := PlaceBytes / int(unsafe.Sizeof(T(0)))
	for _, p := range unsafe.Slice((*[2]uint8)(pairs), n) {
		x := unsafe.Slice((*T)(unsafe.Add(places, int(p[0])*PlaceBytes)), lanes)
		y := unsafe.Slice((*T)(unsafe.Add(places, int(p[1])*PlaceBytes)), lanes)
		for i, a := range x {
			b := y[i]
			x[i], y[i] = min(a, b), max(a, b)
		}
	}
}

func exchangePairs(places, pairs unsafe.Pointer, n int) {
	type words = [PlaceBytes / 8]int64
	of := func(place uint8) (first, second *words) {
		p := unsafe.Add(places, int(place)*PlaceBytes)
		return (*words)(p), (*words)(unsafe.Add(p, SecondBytes))
	}
	for _, p := range unsafe.Slice((*[2]uint8)(pairs), n) {
		x, x2 := of(p[0])
		y, y2 := of(p[1])
		for i := range x {
			if x[i] > y[i] || x[i] == y[i] && x2[i] > y2[i] {
				x[i], y[i] = y[i], x[i]
				x2[i], y2[i] = y2[i], x2[i]
			}
		}
	}
}

// bitsOf are items by their bits.
type bitsOf interface {
	uint8 | uint16 | uint32 | uint64
}

// lanesOf returns the items in n places.
func lanesOf[B bitsOf](places unsafe.Pointer, n int) []B {
	return unsafe.Slice((*B)(places), n*PlaceBytes/int(unsafe.Sizeof(B(0))))
}

func turnSigns[B bitsOf](places unsafe.Pointer, n int) {
	s := lanesOf[B](places, n)
	for i := range s {
		s[i] ^= ^(^B(0) >> 1)
	}
}

func turnFloats[B bitsOf](places unsafe.Pointer, n int) {
	s := lanesOf[B](places, n)
	for i, b := range s {
		if b > ^B(0)>>1 {
			s[i] = b ^ ^B(0)>>1
		}
	}
}

func oddFloats[B bitsOf](places unsafe.Pointer, n int, inf B) int {
	for _, b := range lanesOf[B](places, n) {
		if b&(^B(0)>>1) > inf || b == ^(^B(0)>>1) {
			return 1
		}
	}
	return 0
}
