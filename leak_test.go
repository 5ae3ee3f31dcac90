package nd

import (
	"os"
	"testing"

	"github.com/stride-go/nd/internal/leaktest"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Run(lastUse{m})) }

// lastUse runs the tests and then ends what they have in common.
type lastUse struct{ m *testing.M }

func (l lastUse) Run() int {
	status := l.m.Run()
	if fileMap.buf != nil && fileMap.buf.Close() != nil {
		return 1
	}
	return status
}
