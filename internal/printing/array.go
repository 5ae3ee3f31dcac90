package printing

import (
	"strings"
	"unicode/utf8"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/operand"
)

// Str returns the str of an array: [1. 2.]. An array of no axes prints as its
// item does by itself, with all digits.
func Str(a operand.Operand, o *Options) (string, error) {
	if len(a.Shape) == 0 {
		if a.DType.Kind() == dtype.KindBytes { // NumPy: the str of bytes is their repr
			return ScalarRepr(a, o)
		}
		return ScalarStr(a, o)
	}
	s := *o
	s.Separator, s.Prefix, s.Suffix = " ", "", ""
	return Array2String(a, &s)
}

// StrVerb is Str with every number and text written by verb, a format of package
// fmt such as %.3f, and padded to a common width. An item of an array of no axes
// is written so too.
func StrVerb(a operand.Operand, o *Options, verb string) (string, error) {
	s := style{Options: *o, verb: verb}
	s.Separator, s.Prefix, s.Suffix = " ", "", ""
	return array2String(a, &s)
}

// Repr returns the repr of an array: array([1., 2.]), with the dtype where the
// items do not tell it, and the shape of a summary.
func Repr(a operand.Operand, o *Options) (string, error) {
	name := o.ClassName
	if name == "" {
		name = "array"
	}
	r := *o
	r.Separator, r.Prefix, r.Suffix = ", ", name+"(", ")"
	text, err := Array2String(a, &r)
	if err != nil {
		return "", err
	}
	var extras []string
	size := layout.Size(a.Shape)
	if size == 0 && !(len(a.Shape) == 1 && a.Shape[0] == 0) || size > o.Threshold {
		extras = append(extras, "shape="+dtype.ShapeText(a.Shape))
	}
	if size == 0 || !implied(a.DType) {
		extras = append(extras, "dtype="+dtypeText(a.DType))
	}
	text = r.Prefix + text
	if len(extras) == 0 {
		return text + ")", nil
	}
	text += ","
	extra := strings.Join(extras, ", ") + ")"
	last := utf8.RuneCountInString(text[strings.LastIndexByte(text, '\n')+1:])
	if last+utf8.RuneCountInString(extra)+1 > o.LineWidth {
		return text + "\n" + strings.Repeat(" ", utf8.RuneCountInString(r.Prefix)) + extra, nil
	}
	return text + " " + extra, nil
}

// implied reports whether the printed items tell the dtype.
func implied(d dtype.DType) bool {
	switch d.Kind() {
	case dtype.KindBool, dtype.KindInt64, dtype.KindFloat64, dtype.KindComplex128:
		return d.IsNative()
	}
	return false
}

// dtypeText returns a dtype as the argument that makes it again: int32, '>i4',
// '<U3', [('a', '<i4')].
func dtypeText(d dtype.DType) string {
	switch {
	case d.IsStruct():
		return d.String()
	case d.IsNumeric() && d.IsNative():
		return d.Name()
	}
	return "'" + d.String() + "'"
}

// Array2String returns the items between brackets, joined by o.Separator. The
// lines after the first are indented by the length of o.Prefix, and all are
// shorter by that of o.Suffix; neither is written.
func Array2String(a operand.Operand, o *Options) (string, error) {
	return array2String(a, &style{Options: *o})
}

func array2String(a operand.Operand, o *style) (string, error) {
	if err := o.Check(); err != nil {
		return "", err
	}
	size := layout.Size(a.Shape)
	if size == 0 {
		return "[]", nil
	}
	c := container{shape: a.Shape, strides: a.Strides, separator: o.Separator,
		rowEnd: strings.TrimRightFunc(o.Separator, isPySpace), edge: max(o.EdgeItems, 0), summary: size > o.Threshold,
		tall: o.Formatter != nil || o.verb != ""}
	it := items{ptr: a.Ptr, dtype: a.DType}
	for k, n := range a.Shape {
		ax := axis{n, a.Strides[k], n, 0}
		if c.summary && n > 2*c.edge && c.edge > 0 { // no edge items: NumPy measures the whole axis
			ax.head, ax.tail = c.edge, c.edge
		}
		it.axes = append(it.axes, ax)
	}
	if err := it.countable(o.MaxItems); err != nil {
		return "", err
	}
	c.column = newColumn(it, o)
	c.write(a.Ptr, 0, 1+utf8.RuneCountInString(o.Prefix), o.LineWidth-utf8.RuneCountInString(o.Suffix))
	return string(c.out), nil
}
