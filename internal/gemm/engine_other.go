//go:build !amd64

package gemm

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// engineOf returns nil: there are no vector kernels for this architecture yet.
func engineOf(dtype.Kind, kernel.Level) *engine { return nil }
