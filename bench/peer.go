package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

//go:embed worker.py
var workerSource string

// peer is a process that times what nd stands beside.
type peer struct {
	cmd       *exec.Cmd
	in        io.WriteCloser
	out       *bufio.Scanner
	oneThread bool
	numexpr   bool
}

// workers are the processes that were started.
var workers []*peer

// startPython starts a worker. oneThread keeps its BLAS and numexpr to one thread;
// otherwise they are as they come.
func startPython(python string, oneThread bool) (*peer, error) {
	env := []string{fmt.Sprintf("NUMEXPR_MAX_THREADS=%d", runtime.NumCPU())}
	if oneThread {
		env = append(env, "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", "MKL_NUM_THREADS=1", "NUMEXPR_NUM_THREADS=1")
	}
	return start(exec.Command(python, "-c", workerSource), oneThread, env...)
}

// startGonum builds and starts the worker that times gonum, on one thread.
func startGonum(dir string) (*peer, error) {
	command := filepath.Join(dir, "gonum.exe")
	build := exec.Command("go", "build", "-o", command, ".")
	build.Dir = filepath.Join("bench", "gonum")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("gonum's worker, which is built from the root of the module, cannot be: %w %s", err, bytes.TrimSpace(out))
	}
	return start(exec.Command(command), true, "GOMAXPROCS=1")
}

func start(cmd *exec.Cmd, oneThread bool, env ...string) (*peer, error) {
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p := &peer{cmd: cmd, in: in, out: bufio.NewScanner(out), oneThread: oneThread}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	workers = append(workers, p)
	return p, nil
}

// stopWorkers lets them end by themselves.
func stopWorkers() {
	for _, p := range workers {
		p.resume()
		p.in.Close()
		p.cmd.Wait()
	}
}

// killWorkers ends them at once, halted or not.
func killWorkers() {
	for _, p := range workers {
		p.cmd.Process.Kill()
	}
}

// ask sends one request and decodes the answer. The worker runs only meanwhile.
func (p *peer) ask(request, answer any) error {
	line, err := json.Marshal(request)
	if err != nil {
		return err
	}
	if err := p.resume(); err != nil {
		return err
	}
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("%s has ended: %w", p.cmd.Path, err)
	}
	if !p.out.Scan() {
		return fmt.Errorf("%s has ended", p.cmd.Path)
	}
	if err := p.halt(); err != nil {
		return err
	}
	return json.Unmarshal(p.out.Bytes(), answer)
}

// time returns the nanoseconds that the peer takes for one run of code. If there are several,
// or it uses several threads, a run that is not timed comes first and wakes caches and threads.
func (p *peer) time(code string, reps int) (float64, error) {
	var answer struct{ NS float64 }
	err := p.ask(map[string]any{"time": code, "reps": reps, "wake": reps > 1 || !p.oneThread}, &answer)
	return answer.NS, err
}

// findPython returns a Python that has NumPy 2: the one that ND_NUMPY names, or
// that of a virtual environment in the user's cache, which is made if there is
// none.
func findPython() (string, error) {
	if python := os.Getenv("ND_NUMPY"); python != "" {
		return python, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	venv := filepath.Join(cache, "nd-bench", "venv")
	python := filepath.Join(venv, "bin", "python")
	if runtime.GOOS == "windows" {
		python = filepath.Join(venv, "Scripts", "python.exe")
	}
	if exec.Command(python, "-c", "import numpy, numexpr, threadpoolctl").Run() == nil {
		return python, nil
	}
	fmt.Fprintln(os.Stderr, "making a virtual environment with NumPy in", venv)
	for _, args := range [][]string{
		{"python3", "-m", "venv", venv},
		{python, "-m", "pip", "install", "-q", "numpy>=2", "numexpr", "threadpoolctl"},
	} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		if err := cmd.Run(); err != nil {
			return "", fmt.Errorf("%v: %w", args, err)
		}
	}
	return python, nil
}
