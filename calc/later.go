package calc

import "sync"

// The classes, functions and modules of the language are declared when the first
// interpreter is made, not when the program starts: a program that links this
// package and makes none pays nothing for it. Each table is a func given to later,
// where an init function would stand. They run in the order in which the language
// initialises package-level variables, which is always the same: a few build on
// what a file before theirs declared.
var declarations []func()

// later keeps a func for declare. It returns a value so that a package-level
// variable can call it.
func later(f func()) struct{} {
	declarations = append(declarations, f)
	return struct{}{}
}

// declare runs the declarations, once.
var declare = sync.OnceFunc(func() {
	for _, f := range declarations {
		f()
	}
	markRecords()
	markCopies()
	declarations = nil
})
