package oracle

import (
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
	return calc.JSON(in.Run(code, nil)), nil
}

// waits reports whether a snippet has to wait for NumPy's names.
func waits(code string) bool {
	needs := func(name string) bool { return strings.Contains(code, name) }
	return !bound && os.Getenv("ND_ORACLE") == "" && (needs("np.") || needs("numpy") || needs("samples.") || needs("sys."))
}
