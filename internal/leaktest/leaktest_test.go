package leaktest

import (
	"strings"
	"testing"
	"time"

	"github.com/stride-go/nd/buffer"
)

type tests func() int

func (t tests) Run() int { return t() }

func TestRun(t *testing.T) {
	var kept *buffer.Buffer
	leak := tests(func() int {
		b, err := buffer.MakeAnonymous(12345)
		if err != nil {
			t.Fatal(err)
		}
		kept = b
		return 0
	})
	leak()
	left := Left(50 * time.Millisecond)
	if !strings.Contains(left, "anonymous") {
		t.Errorf("a block that is alive is not listed: %q", left)
	}
	if err := kept.Close(); err != nil {
		t.Fatal(err)
	}
	if left := Left(10 * time.Second); left != "" {
		t.Errorf("closed, and listed: %s", left)
	}
	dropped := tests(func() int { leak(); kept = nil; return 0 })
	if status := Run(dropped); status != 0 {
		t.Error("a block that nobody can reach counts as a leak")
	}
	if status := Run(tests(func() int { return 3 })); status != 3 {
		t.Error(status)
	}
}
