package calc

import (
	"testing"
	"time"
)

func TestPrompt(t *testing.T) {
	in := New(Limits{})
	r, err := in.Prompt("1 + 1; None; 'a'\nx = 5\n_ * 2")
	if err != nil || r.Stdout != "2\n'a'\n'aa'\n" {
		t.Errorf("%q %v", r.Stdout, err)
	}
	if r, err = in.Prompt("3\n1/0"); err == nil || r.Stdout != "3\n" {
		t.Errorf("%q %v", r.Stdout, err)
	}
}

func TestInterrupt(t *testing.T) {
	in := New(Limits{MaxSteps: -1})
	go func() {
		time.Sleep(20 * time.Millisecond)
		in.Interrupt()
	}()
	_, err := in.Run("while True:\n    try:\n        1\n    except BaseException: pass", nil)
	if err == nil || err.Error() != "KeyboardInterrupt" {
		t.Errorf("%v", err)
	}
	if r, err := in.Run("1 + 1", nil); err != nil {
		t.Errorf("after an interrupt: %v %v", r, err)
	}
}
