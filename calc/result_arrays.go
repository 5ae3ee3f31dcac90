package calc

import "github.com/stride-go/nd"

// LabeledArray is an array with the text of the expression that made it.
type LabeledArray struct {
	Label string
	Array *nd.Array
}

// Arrays returns the arrays of a result that is one array or a tuple or list of
// arrays, labelled with the source text of the last statement of code, which must
// be what made the result. ok is false for any other result.
func (r Result) Arrays(code string) (arrays []LabeledArray, ok bool) {
	values := []Value{r.value}
	switch v := r.value.(type) {
	case *Tuple:
		values = v.items
	case *List:
		values = v.items
	}
	labels := splitLast(code)
	for i, v := range values {
		a, ok := arrayOf(v)
		if !ok {
			return nil, false
		}
		label := "value"
		if len(labels) == len(values) {
			label = labels[i]
		} else if len(values) > 1 {
			label = "value " + string(rune('1'+i%9))
		}
		arrays = append(arrays, LabeledArray{label, a})
	}
	return arrays, len(arrays) > 0
}

// splitLast returns the texts between the top-level commas of the last statement
// of code.
func splitLast(code string) (parts []string) {
	depth, start := 0, 0
	var quote byte
	cut := func(end int) {
		text := code[start:end]
		for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
			text = text[1:]
		}
		for len(text) > 0 && (text[len(text)-1] == ' ' || text[len(text)-1] == '\n') {
			text = text[:len(text)-1]
		}
		if text != "" {
			parts = append(parts, text)
		}
		start = end + 1
	}
	for i := 0; i < len(code); i++ {
		c := code[i]
		switch {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth--
		case depth > 0:
		case c == ',':
			cut(i)
		case c == ';' || c == '\n':
			cut(i)
			rest := code[i+1:]
			for _, r := range rest {
				if r != ' ' && r != '\n' && r != ';' && r != '\t' {
					parts = nil // another statement follows
					break
				}
			}
		}
	}
	if start < len(code) {
		cut(len(code))
	}
	return parts
}
