package buffer

import (
	"bufio"
	"bytes"
	"math/bits"
	"os"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// maxAsked is for how many pages mincore is asked: 64 GiB of 4 KiB pages, a second
// of the system's time.
const maxAsked = 1 << 24

// askPages fills in what Linux knows of the pages lo…hi, which stay mapped
// meanwhile.
func (b *Buffer) askPages(p *Pages, lo, hi uintptr) {
	if n, ok := b.inPageCache(lo, hi); ok {
		p.Cached = n
	} else if p.Count <= maxAsked && b.mayAskCache() {
		p.Cached = inCore(lo, hi)
	}
	if b.mapped != nil {
		p.Touched, p.Dirty, p.Private = inThisProcess(lo, hi)
	}
}

// inPageCache counts the pages of the block's file that the system has in memory,
// in a time that depends on these alone. Linux has the call since 6.5.
func (b *Buffer) inPageCache(lo, hi uintptr) (int, bool) {
	if b.kind != Mapped {
		return 0, false
	}
	info := &b.mapped.info
	f, err := os.Open(info.Path)
	if err != nil {
		return 0, false
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || b.mapped.file == nil || !os.SameFile(st, b.mapped.file) {
		return 0, false // another file has the name
	}
	span := unix.CachestatRange{Off: uint64(info.Offset) &^ uint64(pageSize-1), Len: uint64(hi - lo)}
	var stat unix.Cachestat_t
	err = unix.Cachestat(uint(f.Fd()), &span, &stat, 0)
	return int(stat.Cache), err == nil
}

// mayAskCache tells whether mincore answers truly: since Linux 5.2 it calls every
// page of a file present that the caller neither owns nor may write.
func (b *Buffer) mayAskCache() bool {
	if b.kind != Mapped {
		return true
	}
	var st unix.Stat_t
	if unix.Stat(b.mapped.info.Path, &st) == nil && int(st.Uid) == os.Geteuid() {
		return true
	}
	return unix.Access(b.mapped.info.Path, unix.W_OK) == nil
}

// inCore counts the pages of [lo, hi) that are in memory.
func inCore(lo, hi uintptr) int {
	n := 0
	page := uintptr(pageSize)
	vec := make([]byte, min((hi-lo)/page, 1<<18))
	for ; lo < hi; lo += uintptr(len(vec)) * page {
		vec = vec[:min((hi-lo)/page, uintptr(len(vec)))]
		// Invariant: vec has a byte for each page asked for.
		if _, _, errno := unix.Syscall(unix.SYS_MINCORE, lo, uintptr(len(vec))*page, uintptr(unsafe.Pointer(unsafe.SliceData(vec)))); errno != 0 {
			return Unknown
		}
		for i := range vec {
			n += int(vec[i] & 1)
		}
	}
	return n
}

// inThisProcess sums what /proc/self/smaps tells of the maps inside [lo, hi), in
// pages. A map of a file with a reservation reaches beyond hi; nothing behind the
// file's end can be touched.
func inThisProcess(lo, hi uintptr) (touched, dirty, private int) {
	text, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return Unknown, Unknown, Unknown
	}
	found, inside := false, false
	for s := bufio.NewScanner(bytes.NewReader(text)); s.Scan(); {
		key, rest, _ := strings.Cut(s.Text(), " ")
		if from, to, ok := addressRange(key); ok {
			inside = from >= lo && from < hi && to > lo
			found = found || inside
			continue
		}
		if !inside {
			continue
		}
		kib, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
		if err != nil {
			continue
		}
		pages := kib >> (bits.TrailingZeros(uint(pageSize)) - 10)
		switch key {
		case "Rss:":
			touched += pages
		case "Shared_Dirty:", "Private_Dirty:":
			dirty += pages
		case "Anonymous:":
			private += pages
		}
	}
	if !found {
		return Unknown, Unknown, Unknown
	}
	return touched, dirty, private
}

// addressRange reads the start of a map's first line, "7f0e00000000-7f0e00001000".
func addressRange(s string) (from, to uintptr, ok bool) {
	lo, hi, found := strings.Cut(s, "-")
	if !found {
		return 0, 0, false
	}
	f, err := strconv.ParseUint(lo, 16, 64)
	t, err2 := strconv.ParseUint(hi, 16, 64)
	return uintptr(f), uintptr(t), err == nil && err2 == nil
}
