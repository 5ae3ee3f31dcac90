package main

import "regexp"

// reasons say why nd is slower than a peer in some case, by a pattern that the
// case's name matches. The first that matches counts. Cases that are not named
// here are meant to be at 1.0 or above; a ratio below it is noise or a loss that
// has to be looked at.
var reasons = []reason{}

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
