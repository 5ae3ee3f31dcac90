package buffer

// mapping is what a Mapped block remembers of its file.
type mapping struct{}
