// Package oracle holds the calculator, and through it the whole library, to
// NumPy's own answers.
//
// corpus/ has snippets in NumPy's syntax; golden/ has what NumPy answered, in
// the lines of nd eval --json; the tests run each snippet and compare. README.md
// says how to add one. The package has no code of its own.
package oracle
