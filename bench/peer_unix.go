//go:build unix

package main

import (
	"fmt"
	"syscall"
)

// A worker stands still while it is not asked. OpenBLAS's threads look out for
// work for 2^28 ticks of the clock, a tenth of a second, after each product, and
// would take a core from nd in its rounds.

// halt stops the worker and waits until all of its threads stand: the one that
// hears of the signal first needs a core to tell the others.
func (p *peer) halt() error {
	if err := p.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	for {
		var status syscall.WaitStatus
		_, err := syscall.Wait4(p.cmd.Process.Pid, &status, syscall.WUNTRACED, nil)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return fmt.Errorf("waiting for a worker to stop: %w", err)
		case status.Stopped():
			return nil
		default:
			return fmt.Errorf("a worker ended: %v", status)
		}
	}
}

func (p *peer) resume() error { return p.cmd.Process.Signal(syscall.SIGCONT) }
