package oracle

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// numpy returns the Python of ND_NUMPY, or skips the test.
func numpy(t *testing.T) string {
	t.Helper()
	python := os.Getenv("ND_NUMPY")
	if python == "" {
		t.Skip("ND_NUMPY names no Python with NumPy")
	}
	return python
}

// TestLiveGolden remakes the golden answers and compares them with those
// checked in.
func TestLiveGolden(t *testing.T) {
	python := numpy(t)
	folder := t.TempDir()
	out, err := exec.Command(python, "golden.py", "--out", folder).CombinedOutput()
	if err != nil {
		t.Fatalf("golden.py: %v\n%s", err, out)
	}
	t.Logf("%s", out)
	topics, _ := corpus(t)
	for _, topic := range topics {
		was, is := golden(t, "golden", topic), golden(t, folder, topic)
		if len(was) != len(is) {
			t.Errorf("%s: %d answers checked in, %d made now", topic, len(was), len(is))
			continue
		}
		for i := range was {
			if d := differences(&was[i], &is[i]); d != nil {
				t.Errorf("NumPy answers %s otherwise now\n%s\n%s", was[i].ID, indent(was[i].Code), strings.Join(d, "\n"))
			}
		}
	}
}

// complexModulus matches programs that take the modulus of complex numbers:
// NumPy's vector loop is up to 1.7 units of the last place off, nd's is the
// correctly rounded one.
var complexModulus = regexp.MustCompile(`(?s)c(8|16)'.*np\.(absolute|sign)\(`)

// TestLiveRandom runs random programs in NumPy and in the calculator for
// ND_RANDOM_SECONDS and stops at the twentieth that differs.
func TestLiveRandom(t *testing.T) {
	python := numpy(t)
	seconds := env(t, "ND_RANDOM_SECONDS", 10)
	seed := env(t, "ND_RANDOM_SEED", int(time.Now().UnixNano()%1_000_000_000))
	t.Logf("ND_RANDOM_SEED=%d", seed)
	cmd := exec.Command(python, "randprog.py", "--seed", strconv.Itoa(seed), "--seconds", strconv.Itoa(seconds))
	var trouble strings.Builder
	cmd.Stderr = &trouble
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ran, failed := 0, 0
	dec := json.NewDecoder(bufio.NewReader(pipe))
	for failed < 20 {
		var want answer
		if dec.Decode(&want) != nil {
			break
		}
		ran++
		want.Approximate = want.Approximate || complexModulus.MatchString(want.Code)
		got := answerOf(t, want.Code)
		if d := differences(&want, got); d != nil {
			failed++
			t.Errorf("program %s\n%s\n%s", want.ID, indent(want.Code), strings.Join(d, "\n"))
		}
	}
	if failed >= 20 {
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait() // it was told to die
	} else if err := cmd.Wait(); err != nil {
		t.Errorf("randprog.py: %v\n%s", err, trouble.String())
	}
	t.Logf("%d random programs, %d differ", ran, failed)
	if ran == 0 {
		t.Error("no program ran")
	}
}

// env returns an integer of the environment.
func env(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s=%q is not a number", name, text)
	}
	return n
}
