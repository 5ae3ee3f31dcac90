package calc

import (
	"sync"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/samples"
)

// The module samples: read-only arrays over the embedded files, read
// when they are first asked for. Every use gets a value of its own, so that
// setting its shape changes nobody else's.
var _ = later(func() {
	arrays := map[string]func() *nd.Array{}
	for _, name := range samples.Names {
		arrays[name] = sync.OnceValue(func() *nd.Array { return samples.Array(name) })
	}
	newModule("samples").find = func(in *Interp, name string) (Value, bool) {
		if f, ok := arrays[name]; ok {
			return &Ndarray{a: f()}, true
		}
		return nil, false
	}
})
