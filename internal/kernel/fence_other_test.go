//go:build amd64 && !unix

package kernel

import "testing"

// fence is where access cannot be made to fault: plain memory, on whose end only
// the items are compared.
type fence []byte

const fenceBytes = 1 << 16

func newFence(testing.TB) fence { return make(fence, fenceBytes) }
