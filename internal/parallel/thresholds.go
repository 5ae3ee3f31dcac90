package parallel

// How much work a part must have for a helper to pay, from the sweep of
// TestThreadsSweep in the root package (time on one thread over time on two, on
// float64; "warm" straight after another call, "cold" when the helper had parked;
// two Zen 4 cores, 22 November 2026):
//
//	  items   add             copy            sum             sqrt            exp
//	  16384   6.6 µs 1.0 0.7  5.0 µs 0.9 0.7  1.4 µs 0.6 0.5  8.9 µs 1.5 0.8   10 µs 1.5 0.8
//	  32768    13 µs 1.0 0.9  9.8 µs 1.1 0.8  2.6 µs 0.8 0.7   18 µs 1.6 0.9   23 µs 1.7 0.9
//	  65536    20 µs 1.0 0.9   18 µs 1.1 0.9  5.2 µs 1.3 0.8   36 µs 1.7 0.9   40 µs     0.9
//	 131072    41 µs 1.1 1.0   43 µs 1.1 0.9   11 µs 1.7 0.9   71 µs     1.0   86 µs     1.0
//	 262144    94 µs     1.2   75 µs     1.1   24 µs 1.8 0.9  145 µs     1.3  168 µs     1.3
//	 524288   230 µs     1.3  149 µs     1.3   51 µs     1.0  312 µs     1.5  373 µs     1.5
//	2097152   1.4 ms     1.4  675 µs     1.8  301 µs     1.5  1.2 ms     1.7  1.5 ms     2.0
//
// (Where one thread takes longer than a helper looks out, it has parked in "warm"
// too.) A parked helper came after some 100 µs then, and after 30 since it is woken into
// the queue that others take from, so cold calls gain earlier than the table says. They
// lose 2 to 4 µs, the price of waking it, below.
const (
	// LeastBytes is how many bytes of its largest operand a part of a call that memory
	// limits has at least: two parts gain nothing below 1 MB, warm or cold.
	LeastBytes = 512 << 10
	// LeastFolded is how many bytes a part of a fold has at least.
	LeastFolded = 256 << 10
	// LeastDear is how many items a part of a call that the processor limits has at
	// least: a nanosecond an item or more; two gain 1.6 where calls follow each other.
	LeastDear = 1 << 14
)
