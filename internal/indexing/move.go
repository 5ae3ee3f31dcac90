// Package indexing moves the items that an advanced index selects: whole items,
// unchanged bytes, at offsets that the caller has checked.
package indexing

import "unsafe"

// Runs describes what lies at each selected place: Outer repetitions (a nest of
// loops) of Count items, Stride bytes apart. It is the part of the source that
// slices select.
type Runs struct {
	Outer  []int // offsets of the runs, in the order in which they are visited
	Count  int   // items a run
	Stride int   // bytes between the items of a run
}

// Gather copies, for every offset of places and then for every run, the items of
// src to consecutive items of dst. size is the item size in bytes.
//
// Invariant of the unsafe use: the caller has proved that every place + run +
// item lies in src's block, and that dst has room for all of them.
func Gather(dst, src unsafe.Pointer, size int, places []int, runs Runs) {
	if runs.Stride == size || runs.Count == 1 {
		chunk := runs.Count * size
		if len(runs.Outer) == 1 && gatherOne(dst, unsafe.Add(src, runs.Outer[0]), chunk, places) {
			return
		}
		at := 0
		for _, p := range places {
			for _, r := range runs.Outer {
				move(unsafe.Add(dst, at), unsafe.Add(src, p+r), chunk)
				at += chunk
			}
		}
		return
	}
	at := 0
	for _, p := range places {
		for _, r := range runs.Outer {
			from := p + r
			for range runs.Count {
				move(unsafe.Add(dst, at), unsafe.Add(src, from), size)
				at += size
				from += runs.Stride
			}
		}
	}
}

// gatherOne is Gather for one run that is one item; it reports whether there is a
// loop for its size.
func gatherOne(dst, src unsafe.Pointer, size int, places []int) bool {
	switch size {
	case 1:
		gatherItems[[1]byte](dst, src, places)
	case 2:
		gatherItems[[2]byte](dst, src, places)
	case 4:
		gatherItems[[4]byte](dst, src, places)
	case 8:
		gatherItems[[8]byte](dst, src, places)
	case 16:
		gatherItems[[16]byte](dst, src, places)
	default:
		return false
	}
	return true
}

func gatherItems[T any](dst, src unsafe.Pointer, places []int) {
	d := unsafe.Slice((*T)(dst), len(places))
	for i, p := range places {
		d[i] = *(*T)(unsafe.Add(src, p))
	}
}

// Scatter is the reverse of Gather: consecutive items of src go to the places
// and runs of dst; where a place occurs twice the later item stays. step is the
// size of an item, or 0 to write the one item at src everywhere.
func Scatter(dst, src unsafe.Pointer, size, step int, places []int, runs Runs) {
	if step == size && (runs.Stride == size || runs.Count == 1) {
		chunk := runs.Count * size
		at := 0
		for _, p := range places {
			for _, r := range runs.Outer {
				move(unsafe.Add(dst, p+r), unsafe.Add(src, at), chunk)
				at += chunk
			}
		}
		return
	}
	at := 0
	for _, p := range places {
		for _, r := range runs.Outer {
			to := p + r
			for range runs.Count {
				move(unsafe.Add(dst, to), unsafe.Add(src, at), size)
				at += step
				to += runs.Stride
			}
		}
	}
}

// GatherAt is Gather from src+from to dst+to.
func GatherAt(dst unsafe.Pointer, to int, src unsafe.Pointer, from, size int, places []int, runs Runs) {
	Gather(unsafe.Add(dst, to), unsafe.Add(src, from), size, places, runs)
}

// Move copies n bytes from src+from to dst+to.
func Move(dst unsafe.Pointer, to int, src unsafe.Pointer, from, n int) {
	move(unsafe.Add(dst, to), unsafe.Add(src, from), n)
}

// move copies n bytes; dst and src may lie at any address.
func move(dst, src unsafe.Pointer, n int) {
	switch n {
	case 8:
		*(*[8]byte)(dst) = *(*[8]byte)(src)
	case 4:
		*(*[4]byte)(dst) = *(*[4]byte)(src)
	case 1:
		*(*byte)(dst) = *(*byte)(src)
	case 2:
		*(*[2]byte)(dst) = *(*[2]byte)(src)
	case 16:
		*(*[16]byte)(dst) = *(*[16]byte)(src)
	default:
		copy(unsafe.Slice((*byte)(dst), n), unsafe.Slice((*byte)(src), n))
	}
}
