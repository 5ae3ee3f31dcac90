package calc

// tokenKind says what a token is.
type tokenKind uint8

const (
	tokEOF tokenKind = iota
	tokNewline
	tokIndent
	tokDedent
	tokName
	tokKeyword
	tokNumber
	tokString  // value holds a Str or a Bytes
	tokFString // text holds the raw body, raw says whether escapes count
	tokOp
)

// token is one word of the source.
type token struct {
	kind  tokenKind
	raw   bool  // of an f-string: an r prefix was given
	depth int16 // brackets that are open at the token
	line  int32
	text  string
	value Value // of a number or a string
}

var keywords = map[string]bool{
	"False": true, "None": true, "True": true, "and": true, "as": true, "assert": true,
	"async": true, "await": true, "break": true, "class": true, "continue": true,
	"def": true, "del": true, "elif": true, "else": true, "except": true,
	"finally": true, "for": true, "from": true, "global": true, "if": true,
	"import": true, "in": true, "is": true, "lambda": true, "nonlocal": true,
	"not": true, "or": true, "pass": true, "raise": true, "return": true,
	"try": true, "while": true, "with": true, "yield": true,
}

// operators, longest first: the scanner takes the first that fits.
var operators = []string{
	"...", "**=", "//=", "<<=", ">>=",
	"**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=",
	"%=", "&=", "|=", "^=", "@=", ":=",
	"+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]",
	"{", "}", ",", ":", ".", ";", "=",
}
