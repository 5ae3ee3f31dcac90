//go:build !unix

package main

import "time"

// halt gives OpenBLAS's threads the time after which they sleep.
func (p *peer) halt() error {
	if !p.oneThread {
		time.Sleep(150 * time.Millisecond)
	}
	return nil
}

func (p *peer) resume() error { return nil }
