package calc

import (
	"math/big"
	"reflect"
	"runtime/debug"
	"sort"
)

// fromGo makes a value of the language from a Go value.
func (in *Interp) fromGo(v any) Value {
	switch x := v.(type) {
	case nil:
		return None
	case Value:
		return x
	case bool:
		return Bool(x)
	case string:
		return Str(x)
	case []byte:
		return Bytes(x)
	case *big.Int:
		return newInt(new(big.Int).Set(x))
	case complex64:
		return Complex(x)
	case complex128:
		return Complex(x)
	case Result:
		return x.value
	}
	if w, ok := in.fromGoArray(v); ok {
		return w
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return Int(r.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return newInt(new(big.Int).SetUint64(r.Uint()))
	case reflect.Float32, reflect.Float64:
		return Float(r.Float())
	case reflect.Bool:
		return Bool(r.Bool())
	case reflect.String:
		return Str(r.String())
	case reflect.Slice, reflect.Array:
		l := &List{make([]Value, r.Len())}
		for i := range l.items {
			l.items[i] = in.fromGo(r.Index(i).Interface())
		}
		return l
	case reflect.Map:
		if r.Type().Key().Kind() == reflect.String {
			keys := r.MapKeys()
			sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
			d := newDict()
			for _, k := range keys {
				d.set(in, Str(k.String()), in.fromGo(r.MapIndex(k).Interface()))
			}
			return d
		}
	}
	throw(excTypeError, "a Go value of type %T cannot be a variable", v)
	return nil
}

// Value returns the value of the last statement, None when it was none.
func (r Result) Value() Value { return r.value }

// IsNone reports whether there is nothing to show.
func (r Result) IsNone() bool { return r.value == Value(None) }

// Kind is "array", "scalar", "dtype", "none" or "other".
func (r Result) Kind() string {
	if k, ok := r.value.(interface{ kind() string }); ok {
		return k.kind()
	}
	if r.IsNone() {
		return "none"
	}
	return "other"
}

// Repr is what Python's prompt would show.
func (r Result) Repr() (string, error) { return r.text(r.in.Repr) }

// Str is what print would write.
func (r Result) Str() (string, error) { return r.text(r.in.Str) }

func (r Result) text(f func(Value) string) (s string, err error) {
	r.in.steps, r.in.depth = 0, 0
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	if exc := r.in.catch(func() { s = f(r.value) }); exc != nil {
		return "", r.in.errorOf(exc)
	}
	return s, nil
}

// Var returns the value of a variable.
func (in *Interp) Var(name string) (Value, bool) {
	v, ok := in.globals.vars[name]
	return v, ok
}

// Set binds a variable; see Run for what v may be.
func (in *Interp) Set(name string, v any) (err error) {
	if exc := in.catch(func() { in.globals.vars[name] = in.fromGo(v) }); exc != nil {
		return in.errorOf(exc)
	}
	return nil
}

// Names completes a prefix such as "np.lin" or "arr.sh" to the names that the
// interpreter knows, for the prompt.
func (in *Interp) Names(prefix string) (names []string) {
	defer func() { sort.Strings(names) }()
	path, last := "", prefix
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] == '.' {
			path, last = prefix[:i], prefix[i+1:]
			break
		}
	}
	add := func(n string) {
		if len(n) >= len(last) && n[:len(last)] == last && (last != "" || n[0] != '_') {
			if path != "" {
				n = path + "." + n
			}
			names = append(names, n)
		}
	}
	if path == "" {
		for n := range in.globals.vars {
			add(n)
		}
		for n := range prelude {
			if _, ok := in.globals.vars[n]; !ok {
				add(n)
			}
		}
		for n := range builtins {
			if _, ok := in.globals.vars[n]; !ok {
				add(n)
			}
		}
		for n := range keywords {
			add(n)
		}
		return names
	}
	// Only plain names are looked up: completing must not run code.
	in.catch(func() {
		v, ok := in.Var(firstName(path))
		rest := path[len(firstName(path)):]
		for ok && rest != "" {
			rest = rest[1:]
			n := firstName(rest)
			v, ok = in.tryAttr(v, n)
			rest = rest[len(n):]
		}
		if !ok {
			return
		}
		for _, n := range in.dir(v).(*List).items {
			add(string(n.(Str)))
		}
	})
	return names
}

func firstName(path string) string {
	for i := 0; i < len(path); i++ {
		if path[i] == '.' {
			return path[:i]
		}
	}
	return path
}
