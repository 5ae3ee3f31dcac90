package calc

import (
	"runtime"
	"weak"

	"github.com/stride-go/nd/buffer"
)

// exports are the loans of a block that must not move meanwhile, known by weak
// pointers, as buffer.Growable knows its own: nobody has to give one back.
type exports []weak.Pointer[buffer.Buffer]

// lend counts b as a loan for as long as something reaches it.
func (e *exports) lend(b *buffer.Buffer) *buffer.Buffer {
	if len(*e) == cap(*e) {
		e.prune()
	}
	*e = append(*e, weak.Make(b))
	return b
}

func (e *exports) prune() {
	kept := (*e)[:0]
	for _, w := range *e {
		if w.Value() != nil {
			kept = append(kept, w)
		}
	}
	clear((*e)[len(kept):])
	*e = kept
}

// busy reports whether a loan lives. It asks the collector before it says so.
func (e *exports) busy() bool {
	if e.prune(); len(*e) > 0 {
		runtime.GC()
		e.prune()
	}
	return len(*e) > 0
}
