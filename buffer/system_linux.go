package buffer

import "golang.org/x/sys/unix"

// totalMemory returns the bytes of memory and swap that the machine has.
func totalMemory() int64 {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 1 << 38
	}
	return int64(uint64(info.Totalram)+uint64(info.Totalswap)) * int64(info.Unit)
}

const noReserve = unix.MAP_NORESERVE

// receiveFlags close a received descriptor on exec without a gap.
const receiveFlags = unix.MSG_CMSG_CLOEXEC
