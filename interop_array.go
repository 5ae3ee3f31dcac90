package nd

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/pyliteral"
)

// ArrayInterface is NumPy's array interface, version 3: what one program must
// know to read another's array where it lies. The block comes with its length and
// its owner, which the protocol lacks, so that importing one is checked and safe.
type ArrayInterface struct {
	DType    dtype.DType
	Shape    []int
	Strides  []int          // bytes; nil for C order
	Buffer   *buffer.Buffer // the block; nil when the interface came as text
	Offset   int            // of item [0,…,0] in the block
	Address  uintptr        // of item [0,…,0], as the text said; it keeps nothing alive
	ReadOnly bool
}

// ArrayInterfacer is anything that shows its memory as an array: an image, a
// matrix of another library, a proxy that holds one.
type ArrayInterfacer interface {
	// ArrayInterface describes the memory. Its Buffer keeps the memory alive: make
	// it with buffer.FromSlice, or with buffer.UnsafeForeign and the exporter
	// itself as the owner.
	ArrayInterface() ArrayInterface
}

// ArrayInterface describes the array, without copying: an array is an
// ArrayInterfacer. Strides are nil if it is C-contiguous.
func (a *Array) ArrayInterface() ArrayInterface {
	a.use("array_interface")
	ai := ArrayInterface{
		DType: a.dtype, Shape: a.Shape(), Buffer: a.buf, Offset: a.lay.Offset,
		Address: a.addr(), ReadOnly: !a.Writeable(),
	}
	if !a.flags.Has(CContiguous) {
		ai.Strides = a.Strides()
	}
	return ai
}

// FromInterface returns an array over the memory of x: a view, read-only if x
// says so. The array keeps x's Buffer, and so its owner, alive. It returns ErrValue
// if the layout leaves the block (NumPy reads on there), ErrClosed if the block is
// closed.
func FromInterface(x ArrayInterfacer) (*Array, error) {
	ai := x.ArrayInterface()
	if ai.Buffer == nil {
		return nil, &Error{Op: "array_interface", Err: ErrValue, Msg: "the interface names no buffer"}
	}
	return ai.Over(ai.Buffer)
}

// Over returns an array with the interface's dtype, shape, strides and offset
// over a block that both sides share, such as a buffer.Segment: what a process
// does with the text that another sent it. The errors are FromInterface's.
func (ai ArrayInterface) Over(buf *buffer.Buffer) (*Array, error) {
	if !ai.DType.IsValid() {
		return nil, &Error{Op: "array_interface", Err: ErrDType, Msg: "invalid dtype"}
	}
	a, err := Over(buf, ai.DType, ai.Shape, ai.Strides, ai.Offset)
	if err == nil && ai.ReadOnly {
		a.flags &^= Writeable
	}
	return a, err
}

// UnsafeAt returns an array over the memory at Address in this process. The
// caller vouches for the memory from before bytes below Address to after bytes
// above it as long as owner lives; the layout must lie inside.
func (ai ArrayInterface) UnsafeAt(before, after int, owner any) (*Array, error) {
	if before < 0 || after < 0 || uintptr(before) > ai.Address || ai.Address+uintptr(after) < ai.Address {
		return nil, &Error{Op: "array_interface", Err: ErrValue, Msg: "the stated memory leaves the address space"}
	}
	start := ai.Address - uintptr(before)
	// Invariant: the caller vouches for the address; it is not of the Go heap
	// unless owner keeps it there.
	buf := buffer.UnsafeForeign(*(*unsafe.Pointer)(unsafe.Pointer(&start)), before+after, ai.ReadOnly, owner)
	ai.Offset = before
	return ai.Over(buf)
}

// interfaceText is the protocol's dict.
type interfaceText struct {
	Version int    `json:"version"`
	TypeStr string `json:"typestr"`
	Descr   any    `json:"descr,omitempty"`
	Shape   []int  `json:"shape"`
	Strides []int  `json:"strides"`
	Data    []any  `json:"data"` // address and read-only flag
	Offset  int    `json:"offset"`
}

// MarshalJSON writes the protocol's dict with the keys version, typestr, descr
// (padding written out as raw memory without a name), shape, strides (null for C
// order), data (address and read-only flag) and offset, which counts from the
// start of the block: it is what another process needs, to which the address
// means nothing. A struct whose fields overlap has no descr (ErrValue).
func (ai ArrayInterface) MarshalJSON() ([]byte, error) {
	text, err := ai.DType.TryDescr()
	if err != nil {
		return nil, err
	}
	literal, err := pyliteral.Parse(text)
	if err != nil {
		return nil, err
	}
	descr := plain(literal)
	if s, isText := descr.(string); isText {
		descr = []any{[]any{"", s}}
	}
	shape := ai.Shape
	if shape == nil {
		shape = []int{}
	}
	return json.Marshal(interfaceText{3, ai.DType.TypeStr(), descr, shape, ai.Strides, []any{ai.Address, ai.ReadOnly}, ai.Offset})
}

// plain turns tuples and lists of a literal into JSON's arrays.
func plain(v any) any {
	var items []any
	switch v := v.(type) {
	case pyliteral.List:
		items = v
	case pyliteral.Tuple:
		items = v
	default:
		return v
	}
	out := make([]any, len(items))
	for i, x := range items {
		out[i] = plain(x)
	}
	return out
}

// UnmarshalJSON reads the protocol's dict, from nd or from Python's json.dumps of
// an __array_interface__. Buffer stays nil: see Over. Errors: ErrFormat for what is
// no such dict, ErrDType and ErrValue for a dtype that nd does not have.
func (ai *ArrayInterface) UnmarshalJSON(text []byte) error {
	const op = "array_interface"
	var in interfaceText
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber() // an address has more digits than a float64
	if err := dec.Decode(&in); err != nil {
		return &Error{Op: op, Err: ErrFormat, Msg: err.Error()}
	}
	bad := func(format string, args ...any) error {
		return &Error{Op: op, Err: ErrFormat, Msg: sprintf(format, args...)}
	}
	switch {
	case in.Version != 3:
		return bad("version %d of the array interface; 3 is understood", in.Version)
	case in.TypeStr == "":
		return bad("Missing __array_interface__ typestr")
	case in.Shape == nil:
		return bad("Missing __array_interface__ shape")
	}
	dt, err := dtype.Parse(in.TypeStr)
	if err != nil {
		return err
	}
	if dt.IsSubArray() {
		return bad("typestr %q is a sub-array; its axes belong to the shape", in.TypeStr)
	}
	if list, isList := in.Descr.([]any); isList && dt.Kind() == dtype.KindVoid && !isPlainDescr(list, dt) {
		v, err := descrLiteral(list, 0)
		if err != nil {
			return err
		}
		full, err := dtype.FromDescr(v)
		if err != nil {
			return err
		}
		if full.ItemSize() != dt.ItemSize() {
			return bad("descr has items of %d bytes, typestr of %d", full.ItemSize(), dt.ItemSize())
		}
		dt = full
	}
	out := ArrayInterface{DType: dt, Shape: in.Shape, Strides: in.Strides, Offset: in.Offset}
	if len(in.Data) > 0 {
		number, _ := in.Data[0].(json.Number)
		addr, err := strconv.ParseUint(string(number), 10, 64)
		readOnly, isBool := false, true
		if len(in.Data) > 1 {
			readOnly, isBool = in.Data[1].(bool)
		}
		if err != nil || !isBool || len(in.Data) > 2 {
			return bad("data is no pair of an address and a flag")
		}
		out.Address, out.ReadOnly = uintptr(addr), readOnly
	}
	*ai = out
	return nil
}

// isPlainDescr tells whether a descr says no more than the typestr: it has one
// entry, without a name and of just the typestr's type. (A field may have no name
// either, but then its type is none of raw memory.)
func isPlainDescr(list []any, dt dtype.DType) bool {
	if len(list) != 1 {
		return false
	}
	entry, isList := list[0].([]any)
	if !isList || len(entry) != 2 || entry[0] != "" {
		return false
	}
	code, isText := entry[1].(string)
	if !isText {
		return false
	}
	plain, err := dtype.Parse(code)
	return err == nil && plain == dt
}

// descrLiteral turns JSON's form of a descr into the Python value: a list of
// tuples (name or (title, name), type or list, shape).
func descrLiteral(list []any, depth int) (any, error) {
	bad := &Error{Op: "array_interface", Err: ErrFormat, Msg: "descr is no list of fields"}
	if depth > pyliteral.MaxDepth {
		return nil, bad
	}
	out := make(pyliteral.List, len(list))
	for i, entry := range list {
		parts, isList := entry.([]any)
		if !isList || len(parts) < 2 || len(parts) > 3 {
			return nil, bad
		}
		field := make(pyliteral.Tuple, len(parts))
		for k, part := range parts {
			inner, nested := part.([]any)
			switch {
			case !nested:
				field[k] = whole(part)
			case k == 1:
				v, err := descrType(inner, depth+1)
				if err != nil {
					return nil, err
				}
				field[k] = v
			default:
				field[k] = wholes(inner)
			}
		}
		out[i] = field
	}
	return out, nil
}

// descrType is descrLiteral for the type of a field, which may also be a sub-array:
// the pair of a type and a shape. (A field begins with its name, a shape with a
// number.)
func descrType(list []any, depth int) (any, error) {
	if len(list) == 2 {
		if shape, isList := list[1].([]any); isList && !slices.ContainsFunc(shape, func(x any) bool { _, is := x.(json.Number); return !is }) {
			base := list[0]
			if inner, nested := base.([]any); nested && depth <= pyliteral.MaxDepth {
				var err error
				if base, err = descrType(inner, depth+1); err != nil {
					return nil, err
				}
			}
			return pyliteral.Tuple{base, wholes(shape)}, nil
		}
	}
	return descrLiteral(list, depth)
}

// wholes is whole for all items of a list.
func wholes(list []any) pyliteral.Tuple {
	t := make(pyliteral.Tuple, len(list))
	for j, x := range list {
		t[j] = whole(x)
	}
	return t
}

// whole turns JSON's numbers into Python's ints.
func whole(v any) any {
	if number, isNumber := v.(json.Number); isNumber {
		if i, err := number.Int64(); err == nil {
			return i
		}
	}
	return v
}
