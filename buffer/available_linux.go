package buffer

import (
	"bufio"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// available returns how many bytes the process may still take, by the smaller
// of /proc/meminfo's MemAvailable plus free swap, the cgroup's limit and the
// process's own.
func available() (int64, bool) {
	have, ok := systemAvailable()
	for _, limit := range [...]func() (int64, bool){cgroupRoom, limitRoom} {
		if room, limited := limit(); limited && (!ok || room < have) {
			have, ok = room, true
		}
	}
	return have, ok
}

// Reclaim returns the garbage of the Go heap to the system, so that available
// counts it.
func Reclaim() { debug.FreeOSMemory() }

func systemAvailable() (int64, bool) {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0, false
	}
	defer f.Close()
	var sum int64
	found := false
	for sc := bufio.NewScanner(f); sc.Scan(); {
		name, rest, _ := strings.Cut(sc.Text(), ":")
		if name != "MemAvailable" && name != "SwapFree" {
			continue
		}
		kb, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
		if err != nil {
			return 0, false
		}
		sum += kb << 10
		found = found || name == "MemAvailable"
	}
	return sum, found
}

func cgroupRoom() (int64, bool) {
	limit, ok := readInt("/sys/fs/cgroup/memory.max")
	if !ok {
		return 0, false
	}
	used, ok := readInt("/sys/fs/cgroup/memory.current")
	if !ok {
		return 0, false
	}
	return max(limit-used, 0), true
}

func readInt(path string) (int64, bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	return n, err == nil // "max" is no limit
}
