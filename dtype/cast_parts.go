package dtype

import "slices"

// castParts is castLevel where a structure or a sub-array is involved.
//
//   - Between structures the fields go by position; there must be equally many,
//     and the worst field decides. Other names or titles allow no better than
//     Safe, another layout no better than Equiv. The aligned flag does not count.
//   - A structure of one field converts, unsafely, to whatever the field does;
//     any item converts to a structure by filling every field.
//   - Between sub-arrays of one shape the base decides; an item fills a
//     sub-array, at best safely; all else is unsafe.
func castParts(from, to DType) (Casting, bool) {
	switch {
	case to.kind == KindVoid && to.ext == nil && to.size == 0: // 'V' of a fitting size
		if from.IsStruct() {
			return No, true
		}
		return Safe, true
	case from.IsStruct() && to.IsStruct():
		return castStructs(from, to)
	case from.IsStruct():
		if len(from.ext.fields) != 1 {
			return Unsafe, false
		}
		_, ok := castLevel(from.ext.fields[0].DType, to)
		return Unsafe, ok
	case to.IsStruct():
		for i := range to.ext.fields {
			if _, ok := castLevel(from, to.ext.fields[i].DType); !ok {
				return Unsafe, false
			}
		}
		return Unsafe, true
	case from.IsSubArray() && to.IsSubArray():
		level, ok := castLevel(from.ext.base, to.ext.base)
		if !slices.Equal(from.ext.shape, to.ext.shape) {
			level = Unsafe
		}
		return level, ok
	case from.IsSubArray():
		_, ok := castLevel(from.ext.base, to)
		return Unsafe, ok
	}
	level, ok := castLevel(from, to.ext.base)
	if from.kind == KindVoid {
		return Unsafe, ok
	}
	return max(level, Safe), ok
}

func castStructs(from, to DType) (Casting, bool) {
	a, b := from.ext.fields, to.ext.fields
	if len(a) != len(b) {
		return Unsafe, false
	}
	worst := No
	if from.size != to.size {
		worst = Equiv
	}
	for i := range a {
		level, ok := castLevel(a[i].DType, b[i].DType)
		if !ok {
			return Unsafe, false
		}
		if a[i].Offset != b[i].Offset {
			level = max(level, Equiv)
		}
		if a[i].Name != b[i].Name || a[i].Title != b[i].Title {
			level = max(level, Safe)
		}
		worst = max(worst, level)
	}
	return worst, true
}
