package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stride-go/nd/internal/leaktest"
)

func TestMain(m *testing.M) {
	testscript.Main(leakFree{m}, map[string]func(){"nd": main})
}

// leakFree runs the tests and fails when maps outlive them.
type leakFree struct{ m *testing.M }

func (l leakFree) Run() int { return leaktest.Run(l.m) }

// TestScripts runs the command as its users do; the scripts read as a manual.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}
