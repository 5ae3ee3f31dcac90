// Command bench times nd beside NumPy on the same data, in one run.
//
//	go run ./bench -quick     the main cases, under a minute
//	go run ./bench -full      all of them
//	go run ./bench -match sum cases whose name matches; -list prints names
//	go run ./bench -avx2      with any of them: without AVX-512 on either side
//
// Each case is timed in rounds that alternate between the two, so that a change
// of the machine's speed hits both. The table says for each the median time of a
// call and the ratio of the medians: the peer's time over nd's, above 1 where nd
// is faster. One thread stands against one thread, and all cores against the peer
// as it comes. Both sides are timed as in a program that has run for a while: NumPy
// gets the blocks again that it has just freed, nd those that the collector found, not
// new memory of the system. Results go to bench/out: table.md, table.json, chart.svg, and
// readme.md, the table of the README.
//
// The peers are NumPy, numexpr (rows "vs numexpr") and gonum (rows "vs gonum"; a
// module of its own in bench/gonum). NumPy is that of the Python that ND_NUMPY
// names, or of a virtual environment that is made if there is none.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/internal/kernel"
)

// result is one row of the table.
type result struct {
	Op      string  `json:"op"`
	DType   string  `json:"dtype"`
	Layout  string  `json:"layout"`
	N       int     `json:"n"`
	Threads string  `json:"threads"` // "1" or "all"
	Peer    string  `json:"peer"`
	ND      float64 `json:"nd_ns"`
	Peers   float64 `json:"numpy_ns"` // the peer's, whoever it is
	Ratio   float64 `json:"ratio"`
	NDMin   float64 `json:"nd_min_ns"`
	PeerMin float64 `json:"numpy_min_ns"`
	Target  float64 `json:"target,omitempty"`
	Reason  string  `json:"reason,omitempty"` // why the ratio is below 1
}

func main() {
	log.SetFlags(0)
	quick := flag.Bool("quick", false, "the main cases, under a minute")
	full := flag.Bool("full", false, "all cases, more rounds")
	match := flag.String("match", "", "only cases whose name matches this regular expression; with -full, of all cases")
	list := flag.Bool("list", false, "only print the names of the cases")
	out := flag.String("out", filepath.Join("bench", "out"), "folder for the results")
	avx2 := flag.Bool("avx2", false, "both sides use AVX2 where they would use AVX-512")
	flag.Parse()
	if *quick && *full {
		log.Fatal("-quick or -full, not both")
	}
	if *avx2 && kernel.CurrentLevel() > kernel.LevelAVX2 {
		if err := withAVX2(os.Args[1:]); err != nil {
			log.Fatal(err)
		}
		return
	}
	pattern, err := regexp.Compile(*match)
	if err != nil {
		log.Fatal(err)
	}
	h := &harness{round: 5 * time.Millisecond, rounds: 5, most: 100 * time.Millisecond, full: *full, held: map[string]*holding{}}
	if *full {
		h.round, h.rounds, h.most = 30*time.Millisecond, 11, 2*time.Second
	}
	if *list {
		for _, c := range h.cases(pattern) {
			fmt.Println(c.name())
		}
		return
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	if h.dir, err = os.MkdirTemp("", "nd-bench"); err != nil {
		log.Fatal(err)
	}
	go func() {
		<-interrupted
		killWorkers()
		os.RemoveAll(h.dir)
		os.Exit(1)
	}()
	err = h.run(pattern, *out)
	os.RemoveAll(h.dir)
	if err != nil {
		log.Fatal(err)
	}
}

// harness holds what all cases share.
type harness struct {
	round  time.Duration // how long one round of one side lasts, at least one call
	rounds int
	most   time.Duration // how long all rounds of one side last, if three calls last no longer
	full   bool
	dir    string // for files of this run
	python string
	one    *peer // NumPy on one thread
	all    *peer // NumPy as it comes
	gonum  *peer // started when asked for first
	noMore string
	held   map[string]*holding
	files  int
}

// holding is an input that is kept from one case to the next.
type holding struct {
	array *nd.Array
	path  string
}

func (h *harness) cases(match *regexp.Regexp) (out []*benchCase) {
	for _, c := range cases(h.full) {
		if match.MatchString(c.name()) {
			out = append(out, c)
		}
	}
	return out
}

func (h *harness) run(match *regexp.Regexp, out string) (err error) {
	if h.python, err = findPython(); err != nil {
		return err
	}
	defer stopWorkers()
	if h.one, err = startPython(h.python, true); err != nil {
		return err
	}
	if h.all, err = startPython(h.python, false); err != nil {
		return err
	}
	machine, err := h.machine()
	if err != nil {
		return err
	}
	fmt.Println(machine)

	// A process that has run for a while: the system has found memory for what lies
	// between two collections. Virtual machines may take a tenth of a second for it.
	x := nd.Arange(1000.0)
	for range 2 {
		settle(func(n int) (float64, error) { return timeGo(func() { x.Add(x) }, n), nil }, time.Second)
	}

	var results []result
	var failed error
	start := time.Now()
	for _, c := range h.cases(match) {
		p, why := h.peerOf(c)
		if why == "" {
			why = c.enough()
		}
		if why != "" {
			fmt.Printf("%-46s left out: %s\n", c.name(), why)
			continue
		}
		r, err := h.measure(c, p)
		if errors.Is(err, syscall.ENOSPC) {
			fmt.Printf("%-46s left out: %v\n", c.name(), err)
			continue
		}
		if err != nil {
			failed = fmt.Errorf("%s: %w", c.name(), err)
			break // what was measured is not lost
		}
		fmt.Printf("%-46s nd %10s  %s %10s  ratio %6.2f (of best times %.2f)%s\n", c.name(), human(r.ND), r.Peer, human(r.Peers), r.Ratio, r.PeerMin/r.NDMin, r.verdict())
		results = append(results, r)
	}
	if len(results) == 0 {
		return errors.Join(failed, errors.New("no case was run"))
	}
	fmt.Printf("geometric mean of %d ratios: %.2f; %.0f s\n", len(results), geometricMean(results), time.Since(start).Seconds())
	return errors.Join(failed, write(out, machine, results))
}

// peerOf returns the worker for a case, or why there is none.
func (h *harness) peerOf(c *benchCase) (p *peer, why string) {
	switch {
	case c.peer == gonum:
		if h.gonum == nil && h.noMore == "" {
			var err error
			if h.gonum, err = startGonum(h.dir); err != nil {
				h.noMore = err.Error()
			}
		}
		return h.gonum, h.noMore
	case c.peer == numexpr && !h.one.numexpr:
		return nil, "no numexpr beside NumPy"
	case c.all:
		return h.all, ""
	}
	return h.one, ""
}

// machine says on what and against what the figures were taken.
func (h *harness) machine() (string, error) {
	var about [2]struct{ NumPy, Loops, Python, Numexpr, BLAS string }
	for i, p := range []*peer{h.one, h.all} {
		if err := p.ask(map[string]any{"versions": true}, &about[i]); err != nil {
			return "", err
		}
		p.numexpr = about[i].Numexpr != ""
	}
	threads := runtime.GOMAXPROCS(0)
	return fmt.Sprintf("%s, %d cores; nd with %s loops, %s/%s on %s, 1 and %d threads; NumPy %s with %s loops, Python %s, numexpr %s; BLAS %s (as it comes: %s)",
		cpuName(), runtime.NumCPU(), kernel.CurrentLevel(), runtime.GOOS, runtime.GOARCH, runtime.Version(), threads,
		about[0].NumPy, about[0].Loops, about[0].Python, about[0].Numexpr, about[0].BLAS, about[1].BLAS), nil
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

// prepare gives both sides the inputs and returns the calls to time: n of them
// take a number of nanoseconds each.
func (h *harness) prepare(c *benchCase, p *peer) (ours, theirs func(n int) (float64, error), err error) {
	if c.commands != nil {
		mine, other, err := c.commands(h)
		return timeCommand(mine), timeCommand(other), err
	}
	load, arrays := map[string]string{}, vars{}
	held := h.held
	h.held = map[string]*holding{}
	for _, in := range c.inputs {
		x := held[in.key()]
		if x == nil {
			h.files++
			x = &holding{path: filepath.Join(h.dir, fmt.Sprintf("%d-%s.npy", h.files, in.kind[:min(3, len(in.kind))]))}
			if x.array, err = in.make(x.path); err != nil {
				return nil, nil, err
			}
		}
		h.held[in.key()] = x
		load[in.name], arrays[in.name] = x.path, x.array
	}
	gone := false
	for key, x := range held {
		if h.held[key] == nil {
			os.Remove(x.path)
			gone = true
		}
	}
	if err := p.ask(map[string]any{"load": load, "setup": c.setup}, &struct{}{}); err != nil {
		return nil, nil, err
	}
	run := c.golang(arrays)
	if gone {
		runtime.GC() // what is left of the case before is no burden of this one
	}
	ours = func(n int) (float64, error) { return timeGo(run, n), nil }
	return ours, func(n int) (float64, error) { return p.time(c.python, n) }, nil
}

// measure times one case in alternating rounds.
func (h *harness) measure(c *benchCase, p *peer) (result, error) {
	ours, theirs, err := h.prepare(c, p)
	if err != nil {
		return result{}, err
	}
	defer useThreads(c.all)()
	sides := [2]struct {
		call  func(n int) (float64, error)
		reps  int
		times []float64
	}{{call: ours}, {call: theirs}}
	rounds := h.rounds
	for i := range sides {
		s := &sides[i]
		d := 0.0
		for range 2 { // a warm-up, and an estimate
			if d, err = s.call(1); err != nil {
				return result{}, err
			}
		}
		if i == 0 && c.commands == nil {
			if d, err = settle(ours, 50*time.Millisecond); err != nil {
				return result{}, err
			}
		}
		s.reps = max(1, int(float64(h.round)/max(d, 1)))
		rounds = max(3, min(rounds, int(float64(h.most)/max(d, 1)))) // of long calls fewer
	}
	for round := range rounds + 1 {
		for i := range sides {
			s := &sides[i]
			if round == 0 && s.reps < 4 {
				continue // the estimate has warmed it up
			}
			if i == 0 && c.commands == nil {
				outwait(monitorLooks)
				if s.reps > 1 || c.all {
					ours(1) // as the worker does: caches and threads are awake when the clock starts
				}
			}
			reps := s.reps
			if round == 0 {
				reps /= 4
			}
			t, err := s.call(reps)
			if err != nil {
				return result{}, err
			}
			if round > 0 {
				s.times = append(s.times, t)
			}
		}
	}
	r := result{Op: c.op, DType: c.dtype, Layout: c.layout, N: c.n, Threads: "1", Peer: c.against(), Target: c.target,
		ND: median(sides[0].times), Peers: median(sides[1].times), NDMin: slices.Min(sides[0].times), PeerMin: slices.Min(sides[1].times)}
	if c.all {
		r.Threads = "all"
	}
	if r.Ratio = r.Peers / r.ND; r.Ratio < 1 {
		r.Reason = reasonFor(c.name())
	}
	return r, nil
}

// itemOnly is the most bytes that a call allocates whose result is a single item.
const itemOnly = 200

// settle calls a case that makes blocks until the collector has given some of them
// back and the system has found memory for all of them, or for a time at most, and
// returns the nanoseconds of the last calls. NumPy frees a block at once and takes the
// same addresses again.
func settle(ours func(n int) (float64, error), most time.Duration) (d float64, err error) {
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	calls, reps := 0, 1
	for start := time.Now(); ; reps = max(1, int(1e6/max(d, 1))) { // for a millisecond: to look takes time too
		if d, err = ours(reps); err != nil {
			return d, err
		}
		calls += reps
		runtime.ReadMemStats(&now)
		if now.TotalAlloc-before.TotalAlloc <= uint64(itemOnly*calls) || now.NumGC-before.NumGC >= 2 || time.Since(start) > most {
			return d, nil
		}
	}
}

// monitorLooks is how long Go's monitor looks in every 20 microseconds after a process has
// waited, as nd's has for its peer: some fifty times. Where the system lets it run on the
// core that computes, each look costs 24 microseconds on a Zen 4 in a virtual machine, and
// what takes 405 microseconds takes 520. That is the price of waiting, not of the call.
const monitorLooks = 6 * time.Millisecond

// outwait keeps the core busy for d.
func outwait(d time.Duration) {
	for start := time.Now(); time.Since(start) < d; {
	}
}

// timeCommand times processes, from start to end.
func timeCommand(args []string) func(n int) (float64, error) {
	return func(n int) (float64, error) {
		start := time.Now()
		for range n {
			if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
				return 0, fmt.Errorf("%s: %w\n%s", args[0], err, out)
			}
		}
		return float64(time.Since(start)) / float64(n), nil
	}
}

// useThreads lets nd use one thread or all, and returns the way back.
func useThreads(all bool) func() {
	before := nd.SetThreads(1)
	if all {
		nd.SetThreads(runtime.GOMAXPROCS(0))
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
		"readme.md":  summary(machine, results),
		"chart.svg":  chart(machine, results),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}
