package calc

import (
	"strings"
)

// A view may repeat items (np.broadcast_to): it has many items in few bytes, which nothing
// has counted. Most functions write the items of such an array out somewhere on their way,
// so they are counted before each function but for these, which walk over them or return
// another view.
const walkers = `all amax amin any argmax argmin array2string array_equal array_equiv array_repr
array_split array_str asanyarray asarray atleast_1d atleast_2d atleast_3d bool bool_
broadcast_arrays broadcast_to can_cast common_type diagonal dot dsplit einsum einsum_path
expand_dims flip fliplr flipud getfield hsplit info inner iscomplexobj isfortran isrealobj
isscalar item iterable matmul matrix_transpose max may_share_memory mean meshgrid min
min_scalar_type moveaxis nanmax nanmin ndim permute_dims prod ptp real require reshape
result_type rollaxis rot90 setflags shape shares_memory size split squeeze sum swapaxes
tensordot trace transpose unstack vdot view vsplit`

// markCopies tells the functions of NumPy that are none of the walkers.
func markCopies() {
	walks := map[string]bool{}
	for _, name := range strings.Fields(walkers) {
		walks[name] = true
	}
	for _, dict := range []map[string]Value{numpy.dict, typeNdarray.dict} {
		for name, v := range dict {
			if b, ok := v.(*Builtin); ok && !walks[name] && !strings.HasPrefix(name, "__") {
				b.copies = true
			}
		}
	}
}

// chargeRepeated counts the items of arrays that have more of them than their blocks have
// bytes, in eight bytes each.
func (in *Interp) chargeRepeated(args []Value) {
	for _, v := range args {
		switch v := v.(type) {
		case *Ndarray:
			if n := v.a.NBytes(); n > 1<<16 && n > v.a.Buffer().Len() {
				in.chargeArray(v.a.DType(), v.a.Shape())
				in.charge(8 * min(v.a.Size(), 1<<58))
			}
		case *Tuple:
			if len(v.items) < 64 {
				in.chargeRepeated(v.items)
			}
		}
	}
}
