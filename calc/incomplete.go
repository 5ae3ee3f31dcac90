package calc

import "strings"

// Incomplete reports whether code is the beginning of a statement that more
// lines may complete: a bracket or a triple-quoted string is open, or a line ends
// in a backslash or announces a block that is not there yet.
func Incomplete(code string) (incomplete bool) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		exc := asException(r)
		if len(exc.args) == 0 {
			return
		}
		message, _ := exc.args[0].(Str)
		for _, sign := range []string{"was never closed", "unexpected EOF", "unterminated triple-quoted", "expected an indented block"} {
			incomplete = incomplete || strings.Contains(string(message), sign)
		}
	}()
	parseProgram(code)
	return false
}
