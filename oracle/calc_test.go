package oracle

import (
	"encoding/json"
	"errors"
	"os"
	"strings"

	"github.com/stride-go/nd/calc"
)

// bound says that the calculator knows NumPy's names. Until it does, only the
// snippets of Python alone count, and ND_ORACLE=all runs the others too.
const bound = false

func init() { ask = askCalc }

// askCalc runs code in a calculator of its own and writes the answer's line.
func askCalc(code string) ([]byte, error) {
	in := calc.New(calc.Limits{})
	for _, module := range []string{"math", "struct", "sys", "numpy as np"} {
		if _, err := in.Run("import "+module, nil); err != nil && bound {
			return nil, err
		}
	}
	r, err := in.Run(code, nil)
	line := map[string]any{"ok": err == nil, "stdout": r.Stdout}
	if err != nil {
		var e *calc.Error
		if !errors.As(err, &e) {
			return nil, err
		}
		line["error"] = e.Class[strings.LastIndexByte(e.Class, '.')+1:]
		line["message"] = e.Message
		return json.Marshal(line)
	}
	line["kind"] = r.Kind()
	if line["repr"], err = r.Repr(); err != nil {
		return nil, err
	}
	if line["str"], err = r.Str(); err != nil {
		return nil, err
	}
	typ, err := in.Run("type(answer).__name__", map[string]any{"answer": r.Value()})
	if err != nil {
		return nil, err
	}
	if line["type"], err = typ.Str(); err != nil {
		return nil, err
	}
	return json.Marshal(line)
}

// waits reports whether a snippet has to wait for NumPy's names.
func waits(code string) bool {
	needs := func(name string) bool { return strings.Contains(code, name) }
	return !bound && os.Getenv("ND_ORACLE") == "" && (needs("np.") || needs("numpy") || needs("samples.") || needs("sys."))
}
