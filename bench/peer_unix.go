//go:build unix

package main

import "syscall"

// A worker stands still while it is not asked. OpenBLAS's threads look out for
// work for 2^28 ticks of the clock, a tenth of a second, after each product, and
// would take a core from nd in its rounds.

func (p *peer) halt() error { return p.cmd.Process.Signal(syscall.SIGSTOP) }

func (p *peer) resume() error { return p.cmd.Process.Signal(syscall.SIGCONT) }
