package calc

import (
	"strings"
	"sync/atomic"
)

// signature declares the parameters of a built-in function, in Python's own
// notation: "a, /, start=0, *args, key=None, **kw". The default "?" means that
// an absent argument arrives as a nil Value.
type signature struct {
	params  []sigParam
	posOnly int
	numPos  int
	star    int // slot of *args, or -1
	dstar   int // slot of **kw, or -1
}

type sigParam struct {
	name     string
	def      Value
	required bool
}

func parseSignature(text string) *signature {
	s := &signature{star: -1, dstar: -1}
	keywordOnly := false
	if strings.TrimSpace(text) == "" {
		return s
	}
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
			continue
		case part == "/":
			s.posOnly = len(s.params)
			continue
		case part == "*":
			keywordOnly = true
			continue
		case strings.HasPrefix(part, "**"):
			s.dstar = len(s.params)
			s.params = append(s.params, sigParam{name: part[2:]})
			continue
		case strings.HasPrefix(part, "*"):
			s.star = len(s.params)
			s.params = append(s.params, sigParam{name: part[1:]})
			keywordOnly = true
			continue
		}
		name, def, has := strings.Cut(part, "=")
		p := sigParam{name: name, required: !has}
		if has {
			p.def = defaultValue(def)
		}
		s.params = append(s.params, p)
		if !keywordOnly {
			s.numPos = len(s.params)
		}
	}
	return s
}

// defaultValue reads the few literals that signatures use.
func defaultValue(text string) Value {
	switch text {
	case "?":
		return nil
	case "None":
		return None
	case "True":
		return Bool(true)
	case "False":
		return Bool(false)
	}
	if text[0] == '\'' {
		return Str(text[1 : len(text)-1])
	}
	neg := text[0] == '-'
	text = strings.TrimPrefix(text, "-")
	if strings.Contains(text, ".") || strings.Contains(text, "e") {
		f := parseFloatText(text)
		if neg {
			f = -f
		}
		return Float(f)
	}
	v := parseIntText(text, 10)
	if neg {
		return -v.(Int)
	}
	return v
}

// Builtin is a function of the language or of a module.
type Builtin struct {
	name   string
	owner  *Type                     // the class of a method
	text   string                    // of the signature
	parsed atomic.Pointer[signature] // of text, once it has been needed
	fn     func(in *Interp, a []Value) Value
	raw    func(in *Interp, args []Value, kw []Keyword) Value // instead of text and fn
	static bool                                               // a class method: self is the class
	python bool                                               // words its errors as a def does
	npy    bool                                               // words them as NumPy's C functions do
	copies bool                                               // may make a copy of an array it is given
}

// sig returns the signature. It is parsed when it is first asked for: most of the
// functions are never called in one run.
func (b *Builtin) sig() *signature {
	if s := b.parsed.Load(); s != nil {
		return s
	}
	s := parseSignature(b.text)
	if b.owner != nil && s.posOnly == 0 {
		s.posOnly = 1
	}
	b.parsed.Store(s)
	return s
}

func (b *Builtin) Type() *Type {
	if b.owner != nil && !b.static {
		return typeMethodDesc
	}
	return typeBuiltin
}

func (b *Builtin) repr(in *Interp) string {
	if b.owner != nil {
		return "<method '" + b.name + "' of '" + b.owner.tpName() + "' objects>"
	}
	return "<built-in function " + b.name + ">"
}

func (b *Builtin) attr(in *Interp, name string) (Value, bool) {
	switch name {
	case "__name__":
		return Str(b.name), true
	case "__qualname__":
		return Str(b.qualName()), true
	case "__doc__":
		return None, true
	}
	return nil, false
}

func (b *Builtin) qualName() string {
	if b.owner != nil {
		return b.owner.name + "." + b.name
	}
	return b.name
}

func (b *Builtin) call(in *Interp, args []Value, kw []Keyword) Value {
	if b.raw != nil {
		return b.raw(in, args, kw)
	}
	if b.owner != nil && !b.static {
		if len(args) == 0 {
			throw(excTypeError, "unbound method %s() needs an argument", b.qualName())
		}
		if !args[0].Type().isSub(b.owner) && b.owner != typeObject {
			throw(excTypeError, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", b.name, b.owner.tpName(), args[0].Type().tpName())
		}
		if s, ok := args[0].(*Scalar); ok && b.owner.module == "builtins" {
			// np.float64 is a float and np.str_ a str: their methods see the item.
			args = append([]Value{in.itemOf(s.a)}, args[1:]...)
		}
	}
	slots := b.bind(in, args, kw)
	if b.copies {
		in.chargeRepeated(slots)
	}
	return b.fn(in, slots)
}

// bind puts the arguments into the slots of the parameters.
func (b *Builtin) bind(in *Interp, args []Value, kw []Keyword) []Value {
	s := b.sig()
	slots := make([]Value, len(s.params))
	self := 0
	if b.owner != nil {
		self = 1
	}
	n := copy(slots[:s.numPos], args)
	if len(args) > n {
		if s.star < 0 {
			b.tooMany(len(args)-self, len(kw), self)
		}
		slots[s.star] = &Tuple{append([]Value(nil), args[n:]...)}
	} else if s.star >= 0 {
		slots[s.star] = emptyTuple
	}
	var extra *Dict
	if s.dstar >= 0 {
		extra = newDict()
		slots[s.dstar] = extra
	}
next:
	for _, k := range kw {
		for i := s.posOnly; i < len(s.params); i++ {
			if s.params[i].name != k.Name || i == s.star || i == s.dstar {
				continue
			}
			if slots[i] != nil {
				if b.python {
					throw(excTypeError, "%s() got multiple values for argument '%s'", b.name, k.Name)
				}
				throw(excTypeError, "argument for %s() given by name ('%s') and position (%d)", b.name, k.Name, i+1-self)
			}
			slots[i] = k.Value
			continue next
		}
		if extra != nil {
			extra.set(in, Str(k.Name), k.Value)
			continue
		}
		if s.posOnly == len(s.params) || len(s.params) == s.numPos && s.posOnly >= s.numPos {
			throw(excTypeError, "%s() takes no keyword arguments", b.qualName())
		}
		if b.python || b.npy {
			throw(excTypeError, "%s() got an unexpected keyword argument '%s'", b.name, k.Name)
		}
		throw(excTypeError, "'%s' is an invalid keyword argument for %s()", k.Name, b.name)
	}
	for i, p := range s.params {
		if slots[i] != nil {
			continue
		}
		if p.required && i != s.star && i != s.dstar {
			b.missing(len(args)-self, slots, self)
		}
		slots[i] = p.def
	}
	return slots
}

// arity counts the required and the possible positional arguments without self.
func (b *Builtin) arity(self int) (low, high int) {
	for _, p := range b.sig().params[:b.sig().numPos] {
		if p.required {
			low++
		}
	}
	return low - self, b.sig().numPos - self
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// tooMany words the error for more arguments than parameters.
func (b *Builtin) tooMany(given, keywords, self int) {
	low, high := b.arity(self)
	switch {
	case b.npy:
		throwTooMany(b.name, low, high, given)
	case b.python:
		throwTooMany(b.name, low+self, high+self, given+self)
	case b.sig().posOnly < b.sig().numPos:
		word := "at most"
		if low == high {
			word = "exactly"
		}
		if high == 0 {
			throw(excTypeError, "%s() takes no positional arguments", b.name)
		}
		if len(b.sig().params) > b.sig().numPos {
			throw(excTypeError, "%s() takes %s %d positional argument%s (%d given)", b.name, word, high, plural(high), given)
		}
		throw(excTypeError, "%s() takes %s %d argument%s (%d given)", b.name, word, high, plural(high), given)
	case high == 0 && len(b.sig().params) > b.sig().numPos:
		throw(excTypeError, "%s() takes no positional arguments", b.name)
	case high == 0:
		throw(excTypeError, "%s() takes no arguments (%d given)", b.qualName(), given)
	case low == 1 && high == 1:
		throw(excTypeError, "%s() takes exactly one argument (%d given)", b.qualName(), given)
	case low == high:
		throw(excTypeError, "%s expected %d argument%s, got %d", b.name, high, plural(high), given)
	default:
		throw(excTypeError, "%s expected at most %d argument%s, got %d", b.name, high, plural(high), given)
	}
}

// missing words the error for a parameter without an argument.
func (b *Builtin) missing(given int, slots []Value, self int) {
	low, high := b.arity(self)
	var names []string
	first := 0
	for i, p := range b.sig().params {
		if p.required && slots[i] == nil && i != b.sig().star && i != b.sig().dstar {
			if len(names) == 0 {
				first = i
			}
			names = append(names, p.name)
		}
	}
	switch {
	case b.npy:
		throw(excTypeError, "%s() missing required argument '%s' (pos %d)", b.name, names[0], first-self)
	case b.python:
		throwMissing(b.name, names, first >= b.sig().numPos)
	case b.sig().posOnly < b.sig().numPos || first >= b.sig().numPos:
		throw(excTypeError, "%s() missing required argument '%s' (pos %d)", b.name, names[0], first+1-self)
	case low == 1 && high == 1 && b.sig().star < 0:
		throw(excTypeError, "%s() takes exactly one argument (%d given)", b.qualName(), given)
	case low == high && b.sig().star < 0:
		throw(excTypeError, "%s expected %d argument%s, got %d", b.name, low, plural(low), given)
	default:
		throw(excTypeError, "%s expected at least %d argument%s, got %d", b.name, low, plural(low), given)
	}
}

// throwTooMany is the error of a def that got too many positional arguments.
func throwTooMany(name string, low, high, given int) {
	was := "were"
	if given == 1 {
		was = "was"
	}
	if low == high {
		throw(excTypeError, "%s() takes %d positional argument%s but %d %s given", name, high, plural(high), given, was)
	}
	throw(excTypeError, "%s() takes from %d to %d positional arguments but %d %s given", name, low, high, given, was)
}

// throwMissing is the error of a def that lacks arguments.
func throwMissing(name string, names []string, keywordOnly bool) {
	kind := "positional"
	if keywordOnly {
		kind = "keyword-only"
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "'" + n + "'"
	}
	list := quoted[0]
	if n := len(quoted); n == 2 {
		list = quoted[0] + " and " + quoted[1]
	} else if n > 2 {
		list = strings.Join(quoted[:n-1], ", ") + ", and " + quoted[n-1]
	}
	throw(excTypeError, "%s() missing %d required %s argument%s: %s", name, len(names), kind, plural(len(names)), list)
}

// function declares a function of the language.
func function(name, sig string, fn func(in *Interp, a []Value) Value) *Builtin {
	return &Builtin{name: name, text: sig, fn: fn}
}

// method declares a method; its first parameter is self.
func method(owner *Type, name, sig string, fn func(in *Interp, a []Value) Value) *Builtin {
	return &Builtin{name: name, owner: owner, text: sig, fn: fn}
}

// def adds a method to the class.
func (t *Type) def(name, sig string, fn func(in *Interp, a []Value) Value) {
	t.dict[name] = method(t, name, sig, fn)
}

// defStatic adds a class method: a[0] is the class.
func (t *Type) defStatic(name, sig string, fn func(in *Interp, a []Value) Value) {
	b := method(t, name, sig, fn)
	b.static = true
	t.dict[name] = b
}

// get adds a read-only attribute.
func (t *Type) get(name string, fn func(in *Interp, self Value) Value) {
	t.dict[name] = &Property{owner: t, name: name, get: fn}
}

// construct declares the signature and the body of the class's constructor.
func (t *Type) construct(sig string, fn func(in *Interp, a []Value) Value) {
	t.buildOf = function(t.name, sig, fn)
}
