package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/stride-go/nd/internal/kernel"
)

// wideFeatures prints what NumPy would choose loops of AVX-512 for.
const wideFeatures = `from numpy._core._multiarray_umath import __cpu_dispatch__ as d
print(*[f for f in d if 'AVX512' in f or f == 'X86_V4'])`

// withAVX2 runs this command again without AVX-512 on either side, as on most desktop
// processors: nd's loops, NumPy's and OpenBLAS's are those for AVX2 there. (numexpr and
// what gonum's compiler makes are as they are.)
func withAVX2(args []string) error {
	python, err := findPython()
	if err != nil {
		return err
	}
	wide, err := exec.Command(python, "-c", wideFeatures).Output()
	if err != nil {
		return fmt.Errorf("asking NumPy for its levels: %w", err)
	}
	command, err := os.Executable()
	if err != nil {
		return err
	}
	again := exec.Command(command, args...)
	again.Env = append(os.Environ(), "ND_NUMPY="+python, "ND_SIMD="+kernel.LevelAVX2.String(),
		"NPY_DISABLE_CPU_FEATURES="+strings.TrimSpace(string(wide)), "OPENBLAS_CORETYPE=Haswell")
	again.Stdin, again.Stdout, again.Stderr = os.Stdin, os.Stdout, os.Stderr
	return again.Run()
}
