// Command bench times nd beside NumPy on the same data, in one run.
//
//	go run ./bench -quick     the main cases, under a minute
//	go run ./bench -full      all of them
//	go run ./bench -match sum cases whose name matches
//
// Each case is timed in rounds that alternate between the two, so that a change
// of the machine's speed hits both. The table says for each the median time of a
// call and the ratio of the medians: NumPy's time over nd's, above 1 where nd is
// faster. One thread stands against one thread (column 1), all cores against
// NumPy as it comes (column all). Results go to bench/out: table.md, table.json
// and chart.svg.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/stride-go/nd"
)

// result is one row of the table.
type result struct {
	Op      string  `json:"op"`
	DType   string  `json:"dtype"`
	Layout  string  `json:"layout"`
	N       int     `json:"n"`
	Threads string  `json:"threads"`
	ND      float64 `json:"nd_ns"`
	NumPy   float64 `json:"numpy_ns"`
	Ratio   float64 `json:"ratio"`
	NDMin   float64 `json:"nd_min_ns"`
	NumPMin float64 `json:"numpy_min_ns"`
	Target  float64 `json:"target,omitempty"`
	Peer    string  `json:"peer"`
}

func main() {
	log.SetFlags(0)
	quick := flag.Bool("quick", false, "the main cases, under a minute")
	full := flag.Bool("full", false, "all cases, more rounds")
	match := flag.String("match", "", "only cases whose name matches this regular expression")
	out := flag.String("out", filepath.Join("bench", "out"), "folder for the results")
	flag.Parse()
	h := &harness{round: 8 * time.Millisecond, rounds: 5, full: *full}
	if *full {
		h.round, h.rounds = 30*time.Millisecond, 11
	}
	if !*quick && !*full && *match == "" {
		*quick = true
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupted
		h.one.kill()
		h.all.kill()
		os.Exit(1)
	}()
	if err := h.run(regexp.MustCompile(*match), *out); err != nil {
		log.Fatal(err)
	}
}

// harness holds what all cases share.
type harness struct {
	round  time.Duration // how long one round of one side lasts, at least one call
	rounds int
	full   bool
	dir    string
	one    *peer // NumPy on one thread
	all    *peer // NumPy as it comes
}

func (h *harness) run(match *regexp.Regexp, out string) error {
	python, err := findPython()
	if err != nil {
		return err
	}
	if h.dir, err = os.MkdirTemp("", "nd-bench"); err != nil {
		return err
	}
	defer os.RemoveAll(h.dir)
	if h.one, err = startPeer(python, true); err != nil {
		return err
	}
	defer h.one.stop()
	if h.all, err = startPeer(python, false); err != nil {
		return err
	}
	defer h.all.stop()
	machine, err := h.machine()
	if err != nil {
		return err
	}
	fmt.Println(machine)

	var results []result
	for _, c := range cases(h.full) {
		if !match.MatchString(c.name()) {
			continue
		}
		r, err := h.measure(c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name(), err)
		}
		fmt.Printf("%-44s %8s  nd %10s  NumPy %10s  ratio %6.2f%s\n", c.name(), r.Threads, human(r.ND), human(r.NumPy), r.Ratio, r.verdict())
		results = append(results, r)
	}
	if len(results) == 0 {
		return fmt.Errorf("no case matches")
	}
	fmt.Printf("geometric mean of %d cases: %.2f\n", len(results), geometricMean(results))
	return write(out, machine, results)
}

// machine says on what and against what the figures were taken.
func (h *harness) machine() (string, error) {
	var one, all map[string]any
	if err := h.one.ask(map[string]any{"versions": true}, &one); err != nil {
		return "", err
	}
	if err := h.all.ask(map[string]any{"versions": true}, &all); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, %d cores; %s %s/%s; NumPy %v, Python %v, numexpr %v; BLAS %v (as it comes: %v)", cpuName(), runtime.NumCPU(),
		runtime.Version(), runtime.GOOS, runtime.GOARCH, one["numpy"], one["python"], one["numexpr"], one["blas"], all["blas"]), nil
}

// cpuName returns the processor's name where the system tells.
func cpuName() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

// measure times one case in alternating rounds.
func (h *harness) measure(c *benchCase) (result, error) {
	p := h.one
	if c.all {
		p = h.all
	}
	run, load, err := c.prepare(h.dir)
	if err != nil {
		return result{}, err
	}
	if err := p.ask(map[string]any{"load": load, "setup": c.setup}, &struct{}{}); err != nil {
		return result{}, err
	}
	defer useThreads(c.all)()
	goReps, pyReps := 1, 1
	run() // warm-up, and a first estimate
	if d := timeGo(run, 1); d > 0 {
		goReps = max(1, int(float64(h.round)/d))
	}
	if _, err := p.time(c.python, 1); err != nil {
		return result{}, err
	}
	d, err := p.time(c.python, 1)
	if err != nil {
		return result{}, err
	}
	pyReps = max(1, int(float64(h.round)/d))
	rounds := h.rounds
	if d > 1e8 {
		rounds = 3
	}
	var ours, theirs []float64
	for range rounds {
		if c.all {
			run() // as for NumPy: the threads are awake when the clock starts
		}
		ours = append(ours, timeGo(run, goReps))
		t, err := p.time(c.python, pyReps)
		if err != nil {
			return result{}, err
		}
		theirs = append(theirs, t)
	}
	r := result{Op: c.op, DType: c.dtype, Layout: c.layout, N: c.n, Threads: "1", ND: median(ours), NumPy: median(theirs),
		NDMin: slices.Min(ours), NumPMin: slices.Min(theirs), Target: c.target, Peer: "NumPy"}
	if c.all {
		r.Threads = "all"
	}
	if strings.HasPrefix(c.python, "ne.") {
		r.Peer = "numexpr"
	}
	r.Ratio = r.NumPy / r.ND
	return r, nil
}

// useThreads lets nd use one thread or all, and returns the way back.
func useThreads(all bool) func() {
	before := nd.SetThreads(1)
	if all {
		nd.SetThreads(runtime.NumCPU())
	}
	return func() { nd.SetThreads(before) }
}

// timeGo returns the nanoseconds of one call.
func timeGo(run func(), reps int) float64 {
	start := time.Now()
	for range reps {
		run()
	}
	return float64(time.Since(start)) / float64(reps)
}

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

func (r *result) verdict() string {
	if r.Target == 0 {
		return ""
	}
	if r.Ratio >= r.Target {
		return fmt.Sprintf("  (target %.1f)", r.Target)
	}
	return fmt.Sprintf("  BELOW its target of %.1f", r.Target)
}

// write puts the results into the folder as Markdown, JSON and a picture.
func write(dir, machine string, results []result) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(results, "", " ")
	if err != nil {
		return err
	}
	for name, content := range map[string]string{
		"table.json": string(text) + "\n",
		"table.md":   markdown(machine, results),
		"chart.svg":  chart(machine, results),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}
