package calc

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"runtime/debug"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// maxData is the size of the largest array whose bytes go into an answer.
const maxData = 16 << 20

// answer is one line of "nd eval --json"; keys that do not apply are absent.
type answer struct {
	OK      bool            `json:"ok"`
	Error   string          `json:"error,omitempty"`
	Message *string         `json:"message,omitempty"`
	Kind    string          `json:"kind,omitempty"`
	Type    string          `json:"type,omitempty"`
	DType   string          `json:"dtype,omitempty"`
	Descr   string          `json:"descr,omitempty"`
	Shape   *[]int          `json:"shape,omitempty"`
	Strides *[]int          `json:"strides,omitempty"`
	Flags   map[string]bool `json:"flags,omitempty"`
	Repr    *string         `json:"repr,omitempty"`
	Str     *string         `json:"str,omitempty"`
	Stdout  string          `json:"stdout"`
	Data    *string         `json:"data,omitempty"`
}

// emptyText is how many bytes an empty text scalar has.
var emptyText = [dtype.NumKinds]int{dtype.KindBytes: 1, dtype.KindStr: 4}

// JSON writes what Run returned as one line without the newline: the value with
// its kind, dtype, shape, strides, flags, texts and bytes, or the error's class
// and message. The bytes (C order, base64) are left out above 16 MiB.
func JSON(r Result, err error) []byte {
	a := answer{Stdout: r.Stdout}
	if err == nil {
		err = a.fill(r)
	}
	if err != nil {
		a = answer{Stdout: r.Stdout, Error: "SystemError"}
		msg := err.Error()
		var e *Error
		if errors.As(err, &e) {
			a.Error, msg = e.Name, e.Message
		}
		a.Message = &msg
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(&a); err != nil {
		return []byte(`{"ok":false,"error":"SystemError","message":"the answer is no JSON","stdout":""}`)
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

func (a *answer) fill(r Result) error {
	a.OK, a.Kind, a.Type = true, r.Kind(), r.value.Type().name
	repr, err := r.Repr()
	if err != nil {
		return err
	}
	str, err := r.Str()
	if err != nil {
		return err
	}
	a.Repr, a.Str = &repr, &str
	if dt, ok := r.DType(); ok {
		a.describe(dt)
		return nil
	}
	x, ok := r.Array()
	if !ok {
		return nil
	}
	a.describe(x.DType())
	shape := x.Shape()
	if shape == nil {
		shape = []int{}
	}
	a.Shape = &shape
	if a.Kind == "array" {
		strides := x.Strides()
		if strides == nil {
			strides = []int{}
		}
		a.Strides = &strides
		f := x.Flags()
		a.Flags = map[string]bool{
			"c_contiguous": f.Has(nd.CContiguous), "f_contiguous": f.Has(nd.FContiguous),
			"owndata": f.Has(nd.OwnData), "writeable": f.Has(nd.Writeable), "aligned": f.Has(nd.Aligned),
		}
	}
	if x.NBytes() > maxData {
		return nil
	}
	exc := r.in.catch(func() {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		raw := arrayBytes(x)
		if _, scalar := r.value.(*Scalar); scalar && len(raw) == 0 { // np.str_('') has the room of one character
			raw = make([]byte, emptyText[x.DType().Kind()])
		}
		data := base64.StdEncoding.EncodeToString(raw)
		a.Data = &data
	})
	if exc != nil {
		return r.in.errorOf(exc)
	}
	return nil
}

func (a *answer) describe(dt dtype.DType) {
	a.DType = dt.TypeStr()
	if d, err := dt.TryDescr(); err == nil {
		a.Descr = d
	}
}
