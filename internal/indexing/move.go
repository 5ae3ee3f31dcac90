// Package indexing moves the items that an advanced index selects: whole items,
// unchanged bytes, at offsets that the caller has checked.
package indexing

import (
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
)

// Runs describes what lies at each selected place: Outer repetitions (a nest of
// loops) of Count items, Stride bytes apart. It is the part of the source that
// slices select.
type Runs struct {
	Outer  []int // offsets of the runs, in the order in which they are visited
	Count  int   // items a run
	Stride int   // bytes between the items of a run
}

// At returns the runs r again at each of places.
func (r Runs) At(places []int) Runs {
	if len(r.Outer) == 1 && r.Outer[0] == 0 {
		r.Outer = places
		return r
	}
	outer := make([]int, 0, len(places)*len(r.Outer))
	for _, p := range places {
		for _, o := range r.Outer {
			outer = append(outer, p+o)
		}
	}
	r.Outer = outer
	return r
}

// merged returns the runs and the item size with dense runs taken as one item each.
func (r Runs) merged(size int) (Runs, int) {
	if r.Stride == size && r.Count > 1 {
		return Runs{Outer: r.Outer, Count: 1}, size * r.Count
	}
	return r, size
}

// Offsets turns places on an axis of length n, whose items lie stride bytes apart,
// into offsets from one that begins at start: dst[k] is that of places[k], a negative
// place counted from the end. dst may be places. It returns the number of the first
// place outside the axis, or -1.
func Offsets(dst []int, places []int64, n, start, stride int) int {
	dst = dst[:len(places)]
	for k, p := range places {
		p += int64(n) & (p >> 63)
		if uint64(p) >= uint64(n) {
			return k
		}
		dst[k] = start + int(p)*stride
	}
	return -1
}

// Gather copies, for every offset of places and then for every run, the items of
// src to consecutive items of dst. size is the item size in bytes.
//
// Invariant of the unsafe use: the caller has proved that every place + run +
// item lies in src's block, and that dst has room for all of them.
func Gather(dst, src unsafe.Pointer, size int, places []int, runs Runs) {
	runs, size = runs.merged(size)
	switch size {
	case 1:
		gather[[1]byte](dst, src, places, runs)
	case 2:
		gather[[2]byte](dst, src, places, runs)
	case 4:
		gather[[4]byte](dst, src, places, runs)
	case 8:
		gather[[8]byte](dst, src, places, runs)
	case 16:
		gather[[16]byte](dst, src, places, runs)
	default:
		at := 0
		for _, p := range places {
			for _, r := range runs.Outer {
				from := p + r
				for range runs.Count {
					copy(unsafe.Slice((*byte)(unsafe.Add(dst, at)), size), unsafe.Slice((*byte)(unsafe.Add(src, from)), size))
					at += size
					from += runs.Stride
				}
			}
		}
	}
}

const (
	fewRuns    = 8   // of one item at a place, which are copied one after another
	placeBlock = 512 // for so many places at a time
)

func gather[T any](dst, src unsafe.Pointer, places []int, runs Runs) {
	d := unsafe.Slice((*T)(dst), len(places)*len(runs.Outer)*runs.Count)
	switch {
	case len(runs.Outer) == 1 && runs.Count == 1:
		first := runs.Outer[0] // which may be negative: only the sum is inside
		for i, p := range places {
			d[i] = *(*T)(unsafe.Add(src, p+first))
		}
	case runs.Count == 1 && len(runs.Outer) <= fewRuns:
		// One run after another for a block of places that stays in the caches: the short
		// inner loop would cost more than the items.
		for k := len(runs.Outer); len(places) > 0; {
			n := min(len(places), placeBlock)
			for i, r := range runs.Outer {
				to := d[i:]
				for j, p := range places[:n] {
					to[j*k] = *(*T)(unsafe.Add(src, p+r))
				}
			}
			d, places = d[n*k:], places[n:]
		}
	case runs.Count == 1:
		for _, p := range places {
			row := d[:len(runs.Outer)]
			d = d[len(row):]
			at := unsafe.Add(src, p)
			for i, r := range runs.Outer {
				row[i] = *(*T)(unsafe.Add(at, r))
			}
		}
	default:
		size := int(unsafe.Sizeof(*new(T)))
		for _, p := range places {
			for _, r := range runs.Outer {
				row := d[:runs.Count]
				d = d[len(row):]
				kernel.Gather(unsafe.Pointer(unsafe.SliceData(row)), unsafe.Add(src, p+r), runs.Stride, size, len(row))
			}
		}
	}
}

// Scatter is the reverse of Gather: consecutive runs of src go to the places and
// runs of dst; where a place occurs twice the later one stays. With again src is
// one run, which goes to all of them.
func Scatter(dst, src unsafe.Pointer, size int, again bool, places []int, runs Runs) {
	runs, size = runs.merged(size)
	step := size * runs.Count
	if again {
		step = 0
	}
	switch size {
	case 1:
		scatter[[1]byte](dst, src, step, places, runs)
	case 2:
		scatter[[2]byte](dst, src, step, places, runs)
	case 4:
		scatter[[4]byte](dst, src, step, places, runs)
	case 8:
		scatter[[8]byte](dst, src, step, places, runs)
	case 16:
		scatter[[16]byte](dst, src, step, places, runs)
	default:
		at := 0
		for _, p := range places {
			for _, r := range runs.Outer {
				to := p + r
				for i := range runs.Count {
					copy(unsafe.Slice((*byte)(unsafe.Add(dst, to)), size), unsafe.Slice((*byte)(unsafe.Add(src, at+i*size)), size))
					to += runs.Stride
				}
				at += step
			}
		}
	}
}

func scatter[T any](dst, src unsafe.Pointer, step int, places []int, runs Runs) {
	at := 0
	if runs.Count == 1 && len(runs.Outer) == 1 {
		dst = unsafe.Add(dst, runs.Outer[0])
		for _, p := range places {
			*(*T)(unsafe.Add(dst, p)) = *(*T)(unsafe.Add(src, at))
			at += step
		}
		return
	}
	for _, p := range places {
		for _, r := range runs.Outer {
			to := p + r
			for _, v := range unsafe.Slice((*T)(unsafe.Add(src, at)), runs.Count) {
				*(*T)(unsafe.Add(dst, to)) = v
				to += runs.Stride
			}
			at += step
		}
	}
}

// GatherEvenly is Gather for count places, the first at start, step bytes from each to the next.
func GatherEvenly(dst, src unsafe.Pointer, size, start, step, count int, runs Runs) {
	var room [placeBlock]int
	chunk := len(runs.Outer) * runs.Count * size
	for i := 0; i < count; i += placeBlock {
		places := room[:min(placeBlock, count-i)]
		for j := range places {
			places[j] = start + (i+j)*step
		}
		Gather(unsafe.Add(dst, i*chunk), src, size, places, runs)
	}
}

// Move copies n bytes from src+from to dst+to.
func Move(dst unsafe.Pointer, to int, src unsafe.Pointer, from, n int) {
	copy(unsafe.Slice((*byte)(unsafe.Add(dst, to)), n), unsafe.Slice((*byte)(unsafe.Add(src, from)), n))
}
