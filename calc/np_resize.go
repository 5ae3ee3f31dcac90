package calc

import (
	"math/big"

	"github.com/stride-go/nd"
)

// a.resize in place. NumPy counts the references to the array. Here the collector
// tells whether another array looks into the block (nd.ResizeInPlace), and a walk
// over what the program can reach counts the names and places that hold the array
// itself: one may.

var _ = later(func() {
	typeNdarray.def("resize", "self, *new_shape, refcheck=True", func(in *Interp, a []Value) Value {
		refcheck := in.toInt(a[2]) != 0
		if shape := in.dimArgs(a[1]); shape != nil {
			in.resizeArray(a[0].(*Ndarray), shape, refcheck)
		}
		return None
	})
})

func (in *Interp) resizeArray(x *Ndarray, shape []int, refcheck bool) {
	n := big.NewInt(int64(x.a.ItemSize()))
	negative := false
	for _, d := range shape {
		n.Mul(n, big.NewInt(int64(d)))
		negative = negative || d < 0
	}
	changes := !negative && (!n.IsInt64() || n.Int64() != int64(x.a.NBytes()))
	if changes && x.a.Flags().Forc() {
		if !n.IsInt64() {
			throw(excMemoryError, "")
		}
		if exc := in.catch(func() { in.charge(int(n.Int64())) }); exc != nil {
			throw(excMemoryError, "cannot allocate memory for array")
		}
		if refcheck && x.a.OwnData() && in.holders(x, 2) > 1 {
			throw(excValueError, "cannot resize an array that references or is referenced\nby another object in this way.\n"+
				"Use the np.resize function to get a new resized copy or\n set refcheck=False to disable this check")
		}
	}
	nd.ResizeInPlace(&x.a, refcheck, shape...)
}

// holders counts the places that hold x, up to enough: variables of the program
// and of the calls at work, items of containers, attributes, and what else keeps
// an array. It looks at so many values at most; who hides x behind more is not seen.
func (in *Interp) holders(x *Ndarray, enough int) int {
	w := &holderWalk{x: x, seen: map[any]bool{}, left: 1 << 16}
	w.frame(in.globals)
	for _, fr := range in.calls {
		w.frame(fr)
	}
	for len(w.todo) > 0 && w.count < enough && w.left > 0 {
		v := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		w.open(v)
	}
	return w.count
}

type holderWalk struct {
	x     *Ndarray
	seen  map[any]bool
	todo  []Value
	count int
	left  int
}

func (w *holderWalk) frame(fr *frame) {
	for ; fr != nil && !w.seen[fr]; fr = fr.parent {
		w.seen[fr] = true
		for _, v := range fr.vars {
			w.meet(v)
		}
	}
}

// meet counts one reference, and remembers a container to look into.
func (w *holderWalk) meet(values ...Value) {
	for _, v := range values {
		if v == Value(w.x) {
			w.count++
			continue
		}
		switch v.(type) {
		case *List, *Tuple, *Dict, *Instance, *Ndarray, *flagsValue, *ctypesValue, *flatIter, *memoryView, *Function, *generator, *Method:
			if w.left--; w.left > 0 && !w.seen[v] {
				w.seen[v] = true
				w.todo = append(w.todo, v)
			}
		}
	}
}

// open meets what v holds.
func (w *holderWalk) open(v Value) {
	switch v := v.(type) {
	case *List:
		w.meet(v.items...)
	case *Tuple:
		w.meet(v.items...)
	case *Dict:
		for _, e := range v.entries {
			w.meet(e.key, e.value)
		}
	case *Instance:
		if v.attrs != nil {
			w.meet(v.attrs)
		}
	case *Ndarray:
		w.meet(v.base)
	case *flagsValue:
		w.meet(v.x)
	case *ctypesValue:
		w.meet(v.x)
	case *flatIter:
		w.meet(v.x)
	case *memoryView:
		w.meet(v.of)
	case *Function:
		w.meet(v.defaults...)
		w.frame(v.outer)
	case *generator:
		w.frame(v.fr)
	case *Method:
		if _, ok := v.fn.(*Function); ok {
			w.meet(v.self)
		}
	}
}
