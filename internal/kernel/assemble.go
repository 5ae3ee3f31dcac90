package kernel

import "unsafe"

// Assemble writes n bytes to dst, made up of pieces one after another: piece(i) returns
// where the i-th lies and how long it is. It ends early at a piece of no bytes, and
// returns the number of bytes written. past tells to go past the caches: pieces shorter
// than a block are put together in one before, so that whole lines are stored.
func Assemble(dst unsafe.Pointer, n int, past bool, piece func(i int) (src unsafe.Pointer, bytes int)) int {
	if !past || streamLoop == nil || n < ColdBytes {
		done := 0
		for i := 0; done < n; i++ {
			src, m := piece(i)
			if m == 0 {
				break
			}
			m = min(m, n-done)
			CopyBytes(unsafe.Add(dst, done), src, m)
			done += m
		}
		return done
	}
	b := streamRooms.Get().(*[coldBlock/8 + 8]uint64)
	room := unsafe.Add(unsafe.Pointer(b), -uintptr(unsafe.Pointer(b))&63)
	// What is in the room follows on the bytes that are written; up to the first whole
	// line of dst it is less than a block.
	done, full, most := 0, 0, int(-uintptr(dst)&63)
	if most == 0 {
		most = coldBlock
	}
	flush := func() {
		Stream(unsafe.Add(dst, done), room, full)
		done, full, most = done+full, 0, coldBlock
	}
	for i := 0; done+full < n; i++ {
		src, m := piece(i)
		if m == 0 {
			break
		}
		m = min(m, n-done-full)
		// Pointers are made to bytes that are there, never to the end of a block: the
		// collector may look at them.
		for at := 0; at < m; {
			if rest := m - at; full == 0 && rest >= coldBlock && (uintptr(dst)+uintptr(done)|uintptr(src)+uintptr(at))&63 == 0 {
				k := rest &^ 127
				Stream(unsafe.Add(dst, done), unsafe.Add(src, at), k)
				at, done, most = at+k, done+k, coldBlock
				continue
			}
			k := min(m-at, most-full)
			copy(unsafe.Slice((*byte)(unsafe.Add(room, full)), k), unsafe.Slice((*byte)(unsafe.Add(src, at)), k))
			at, full = at+k, full+k
			if full == most {
				flush()
			}
		}
	}
	if full > 0 {
		flush()
	}
	EndStream()
	streamRooms.Put(b)
	return done
}
