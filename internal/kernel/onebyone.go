package kernel

const (
	farRows   = 4 << 20 // bytes of rows that come from memory
	leastRow  = 256     // bytes of a row of which several together are read as one
	pageBytes = 4 << 10
)

// OneByOne tells whether so many rows, stride bytes from each to the next, are better read
// one after another than several at a time: where they come from memory and there are
// several in a page, the prefetcher, which looks at pages, sees no direction otherwise. On
// a Zen 4, rows of 256 to 4000 bytes took a quarter to nine tenths of the time that way, the
// short ones least.
func OneByOne(rows, stride int) bool {
	stride = max(stride, -stride)
	return stride >= leastRow && stride < pageBytes && rows*stride >= farRows
}
