package calc

import (
	"regexp"
	"testing"
)

// The lines are NumPy's, but for the address.
func TestInfo(t *testing.T) {
	littleEndian(t)
	for code, want := range map[string]string{
		"np.info(np.arange(12).reshape(3, 4)[1:])": "class:  ndarray\nshape:  (2, 4)\nstrides:  (32, 8)\nitemsize:  8\naligned:  True\ncontiguous:  True\nfortran:  False\ndata pointer: 0x\nbyteorder:  little\nbyteswap:  False\ntype: int64\n",
		"np.info(np.arange(3, dtype='>f4')[::2])":  "class:  ndarray\nshape:  (2,)\nstrides:  (8,)\nitemsize:  4\naligned:  True\ncontiguous:  False\nfortran:  False\ndata pointer: 0x\nbyteorder:  big\nbyteswap:  True\ntype: >f4\n",
		"np.info(np.zeros((), 'S3,>i4'))":          "class:  ndarray\nshape:  ()\nstrides:  ()\nitemsize:  7\naligned:  True\ncontiguous:  True\nfortran:  True\ndata pointer: 0x\nbyteorder:  little\nbyteswap:  False\ntype: [('f0', 'S3'), ('f1', '>i4')]\n",
	} {
		r, err := New(Limits{}).Run("import numpy as np; "+code, nil)
		if err != nil {
			t.Errorf("%s: %v", code, err)
			continue
		}
		if got := regexp.MustCompile("0x[0-9a-f]+").ReplaceAllString(r.Stdout, "0x"); got != want {
			t.Errorf("%s prints\n%s, want\n%s", code, got, want)
		}
	}
	for _, code := range []string{"np.info(3)", "np.info()", "np.info(np.zeros(1), output=4)"} {
		if _, err := New(Limits{}).Run(code, nil); err == nil {
			t.Errorf("%s says nothing", code)
		}
	}
}
