package main

import "regexp"

// reasons say why nd is slower than a peer in some case, by a pattern that the
// case's name matches. The first that matches counts. Cases that are not named
// here are meant to be at 1.0 or above; a ratio below it is noise or a loss that
// has to be looked at.
var reasons = []reason{
	{regexp.MustCompile(`^(sum|mean|min|max|argmax|sum axis=\d) f\d (C|T) 1\d{7}$`), "one core reads memory at the same speed for both, and the data fit no cache"},
	{regexp.MustCompile(`^(copy|cast to \w+) \w+ \[.* 16000000$`), "reading twice the lines that are kept, one core is at the speed of memory for both"},
	{regexp.MustCompile(`^(add|multiply|maximum) out f\d C 100000$`), "three streams between the second- and the third-level cache, at its speed for both"},
}

type reason struct {
	cases *regexp.Regexp
	why   string
}

// reasonFor returns why a case is slower, "" if nobody knows.
func reasonFor(name string) string {
	for _, r := range reasons {
		if r.cases.MatchString(name) {
			return r.why
		}
	}
	return ""
}
