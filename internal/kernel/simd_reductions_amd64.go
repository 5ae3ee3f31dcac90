package kernel

import "github.com/stride-go/nd/dtype"

// installReductions puts the vector loops of a level into the reductions and
// searches.
func installReductions(l Level) {
	switch l {
	case LevelAVX2:
		reductionsAVX2()
	case LevelAVX512:
		reductionsAVX512()
	}
	for _, k := range []dtype.Kind{kBool, kI8, kU8, kI16, kU16} {
		installWideArgs(k, kI32)
	}
	installWideArgs(kF16, kF32)
	installFoldsOfBits()
	installSumPairs[float32](kC64, sumLeafC64AVX2)
	installSumPairs[float64](kC128, sumLeafC128AVX2)
	installHalfSum(&sum[float32]{sumLeafF32AVX2, sumTreeF32AVX2})
	half, single, tw := &searches[kF16], &searches[kF32], &twins.searches[kF16]
	half.argmax.Place = halfPlace(single.argmax.Place, tw.argmax.Place)
	half.argmin.Place = halfPlace(single.argmin.Place, tw.argmin.Place)
}

func reductionsAVX2() {
	installInt[int8](intFolds{kI8, foldLoops{foldAddIntBAVX2, foldAddIntBAVX2}, foldLoops{foldMaxI8AVX2, foldMaxI8AVX2}, foldLoops{foldMinI8AVX2, foldMinI8AVX2}, findIntBAVX2}, 32)
	installInt[uint8](intFolds{kU8, foldLoops{foldAddIntBAVX2, foldAddIntBAVX2}, foldLoops{foldMaxU8AVX2, foldMaxU8AVX2}, foldLoops{foldMinU8AVX2, foldMinU8AVX2}, findIntBAVX2}, 32)
	installInt[int16](intFolds{kI16, foldLoops{foldAddIntWAVX2, foldAddIntWAVX2}, foldLoops{foldMaxI16AVX2, foldMaxI16AVX2}, foldLoops{foldMinI16AVX2, foldMinI16AVX2}, findIntWAVX2}, 16)
	installInt[uint16](intFolds{kU16, foldLoops{foldAddIntWAVX2, foldAddIntWAVX2}, foldLoops{foldMaxU16AVX2, foldMaxU16AVX2}, foldLoops{foldMinU16AVX2, foldMinU16AVX2}, findIntWAVX2}, 16)
	installInt[int32](intFolds{kI32, foldLoops{foldAddIntDAVX2, foldAddIntDAVX2}, foldLoops{foldMaxI32AVX2, foldMaxI32AVX2}, foldLoops{foldMinI32AVX2, foldMinI32AVX2}, findIntDAVX2}, 8)
	installInt[uint32](intFolds{kU32, foldLoops{foldAddIntDAVX2, foldAddIntDAVX2}, foldLoops{foldMaxU32AVX2, foldMaxU32AVX2}, foldLoops{foldMinU32AVX2, foldMinU32AVX2}, findIntDAVX2}, 8)
	installInt[int64](intFolds{kI64, foldLoops{foldAddIntQAVX2, foldAddIntQAVX2}, foldLoops{foldMaxI64AVX2, foldMaxI64AVX2}, foldLoops{foldMinI64AVX2, foldMinI64AVX2}, findIntQAVX2}, 4)
	installInt[uint64](intFolds{kU64, foldLoops{foldAddIntQAVX2, foldAddIntQAVX2}, foldLoops{foldMaxU64AVX2, foldMaxU64AVX2}, foldLoops{foldMinU64AVX2, foldMinU64AVX2}, findIntQAVX2}, 4)
	installFloat(floatFolds[float32]{kF32, sum[float32]{sumLeafF32AVX2, sumTreeF32AVX2}, addRowsF32AVX2, floatLoops{foldMaxF32AVX2, foldMaxF32AVX2}, floatLoops{foldMinF32AVX2, foldMinF32AVX2}, findNaNF32AVX2, findF32AVX2}, 8)
	installFloat(floatFolds[float64]{kF64, sum[float64]{sumLeafF64AVX2, sumTreeF64AVX2}, addRowsF64AVX2, floatLoops{foldMaxF64AVX2, foldMaxF64AVX2}, floatLoops{foldMinF64AVX2, foldMinF64AVX2}, findNaNF64AVX2, findF64AVX2}, 4)
	installArgs(kI32, argmaxRowsI32AVX2, argmaxColumnsI32AVX2, argminRowsI32AVX2, argminColumnsI32AVX2)
	installArgs(kU32, argmaxRowsU32AVX2, argmaxColumnsU32AVX2, argminRowsU32AVX2, argminColumnsU32AVX2)
	installArgs(kI64, argmaxRowsI64AVX2, argmaxColumnsI64AVX2, argminRowsI64AVX2, argminColumnsI64AVX2)
	installArgs(kU64, argmaxRowsU64AVX2, argmaxColumnsU64AVX2, argminRowsU64AVX2, argminColumnsU64AVX2)
	installArgs(kF32, argmaxRowsF32AVX2, argmaxColumnsF32AVX2, argminRowsF32AVX2, argminColumnsF32AVX2)
	installArgs(kF64, argmaxRowsF64AVX2, argmaxColumnsF64AVX2, argminRowsF64AVX2, argminColumnsF64AVX2)
	installRows(kI64, addRowsI64AVX2, 4)
	installRows(kU64, addRowsI64AVX2, 4)
	installTruth(kBool, truthLoops{countTrueIntBAVX2, findTrueIntBAVX2, findFalseIntBAVX2}, 32)
	installTruth(kI8, truthLoops{countTrueIntBAVX2, findTrueIntBAVX2, findFalseIntBAVX2}, 32)
	installTruth(kU8, truthLoops{countTrueIntBAVX2, findTrueIntBAVX2, findFalseIntBAVX2}, 32)
	installTruth(kI16, truthLoops{countTrueIntWAVX2, findTrueIntWAVX2, findFalseIntWAVX2}, 16)
	installTruth(kU16, truthLoops{countTrueIntWAVX2, findTrueIntWAVX2, findFalseIntWAVX2}, 16)
	installTruth(kI32, truthLoops{countTrueIntDAVX2, findTrueIntDAVX2, findFalseIntDAVX2}, 8)
	installTruth(kU32, truthLoops{countTrueIntDAVX2, findTrueIntDAVX2, findFalseIntDAVX2}, 8)
	installTruth(kI64, truthLoops{countTrueIntQAVX2, findTrueIntQAVX2, findFalseIntQAVX2}, 4)
	installTruth(kU64, truthLoops{countTrueIntQAVX2, findTrueIntQAVX2, findFalseIntQAVX2}, 4)
	installTruth(kF32, truthLoops{countTrueF32AVX2, findTrueF32AVX2, findFalseF32AVX2}, 8)
	installTruth(kF64, truthLoops{countTrueF64AVX2, findTrueF64AVX2, findFalseF64AVX2}, 4)
	installTruth(kF16, truthLoops{countTrueF16AVX2, findTrueF16AVX2, findFalseF16AVX2}, 16)
	installTruth(kC64, truthLoops{countTrueC64AVX2, findTrueC64AVX2, findFalseC64AVX2}, 4)
	installTruth(kC128, truthLoops{ofPairs(countTrueC128AVX2), ofPairs(findTrueC128AVX2), ofPairs(findFalseC128AVX2)}, 2)
	installPairs[float32](kC64, argmaxRowsC64AVX2, argminRowsC64AVX2, findNaNF32AVX2, 8)
	installPairs[float64](kC128, argmaxRowsC128AVX2, argminRowsC128AVX2, findNaNF64AVX2, 4)
	all, any := tables[LogicalAnd].Find(kBool, kBool).Reduce, tables[LogicalOr].Find(kBool, kBool).Reduce
	foldWith(kBool, func(Reduce) Reduce { return all }, Multiply, Minimum, Fmin, BitwiseAnd)
	foldWith(kBool, func(Reduce) Reduce { return any }, Add, Maximum, Fmax, BitwiseOr)
}

func reductionsAVX512() {
	installInt[int8](intFolds{kI8, foldLoops{foldAddIntBAVX512, foldAddIntBAVX2}, foldLoops{foldMaxI8AVX512, foldMaxI8AVX2}, foldLoops{foldMinI8AVX512, foldMinI8AVX2}, findIntBAVX512}, 0)
	installInt[uint8](intFolds{kU8, foldLoops{foldAddIntBAVX512, foldAddIntBAVX2}, foldLoops{foldMaxU8AVX512, foldMaxU8AVX2}, foldLoops{foldMinU8AVX512, foldMinU8AVX2}, findIntBAVX512}, 0)
	installInt[int16](intFolds{kI16, foldLoops{foldAddIntWAVX512, foldAddIntWAVX2}, foldLoops{foldMaxI16AVX512, foldMaxI16AVX2}, foldLoops{foldMinI16AVX512, foldMinI16AVX2}, findIntWAVX512}, 0)
	installInt[uint16](intFolds{kU16, foldLoops{foldAddIntWAVX512, foldAddIntWAVX2}, foldLoops{foldMaxU16AVX512, foldMaxU16AVX2}, foldLoops{foldMinU16AVX512, foldMinU16AVX2}, findIntWAVX512}, 0)
	installInt[int32](intFolds{kI32, foldLoops{foldAddIntDAVX512, foldAddIntDAVX2}, foldLoops{foldMaxI32AVX512, foldMaxI32AVX2}, foldLoops{foldMinI32AVX512, foldMinI32AVX2}, findIntDAVX512}, 0)
	installInt[uint32](intFolds{kU32, foldLoops{foldAddIntDAVX512, foldAddIntDAVX2}, foldLoops{foldMaxU32AVX512, foldMaxU32AVX2}, foldLoops{foldMinU32AVX512, foldMinU32AVX2}, findIntDAVX512}, 0)
	installInt[int64](intFolds{kI64, foldLoops{foldAddIntQAVX512, foldAddIntQAVX2}, foldLoops{foldMaxI64AVX512, foldMaxI64AVX512}, foldLoops{foldMinI64AVX512, foldMinI64AVX512}, findIntQAVX512}, 0)
	installInt[uint64](intFolds{kU64, foldLoops{foldAddIntQAVX512, foldAddIntQAVX2}, foldLoops{foldMaxU64AVX512, foldMaxU64AVX512}, foldLoops{foldMinU64AVX512, foldMinU64AVX512}, findIntQAVX512}, 0)
	installFloat(floatFolds[float32]{kF32, sum[float32]{sumLeafF32AVX512, sumTreeF32AVX2}, addRowsF32AVX512, floatLoops{foldMaxF32AVX512, foldMaxF32AVX2}, floatLoops{foldMinF32AVX512, foldMinF32AVX2}, findNaNF32AVX512, findF32AVX512}, 0)
	installFloat(floatFolds[float64]{kF64, sum[float64]{sumLeafF64AVX512, sumTreeF64AVX2}, addRowsF64AVX512, floatLoops{foldMaxF64AVX512, foldMaxF64AVX2}, floatLoops{foldMinF64AVX512, foldMinF64AVX2}, findNaNF64AVX512, findF64AVX512}, 0)
	installArgs(kI32, argmaxRowsI32AVX512, argmaxColumnsI32AVX512, argminRowsI32AVX512, argminColumnsI32AVX512)
	installArgs(kU32, argmaxRowsU32AVX512, argmaxColumnsU32AVX512, argminRowsU32AVX512, argminColumnsU32AVX512)
	installArgs(kI64, argmaxRowsI64AVX512, argmaxColumnsI64AVX512, argminRowsI64AVX512, argminColumnsI64AVX512)
	installArgs(kU64, argmaxRowsU64AVX512, argmaxColumnsU64AVX512, argminRowsU64AVX512, argminColumnsU64AVX512)
	installArgs(kF32, argmaxRowsF32AVX512, argmaxColumnsF32AVX512, argminRowsF32AVX512, argminColumnsF32AVX512)
	installArgs(kF64, argmaxRowsF64AVX512, argmaxColumnsF64AVX512, argminRowsF64AVX512, argminColumnsF64AVX512)
	installRows(kI64, addRowsI64AVX512, 0)
	installRows(kU64, addRowsI64AVX512, 0)
	installTruth(kBool, truthLoops{countTrueIntBAVX512, findTrueIntBAVX512, findFalseIntBAVX512}, 0)
	installTruth(kI8, truthLoops{countTrueIntBAVX512, findTrueIntBAVX512, findFalseIntBAVX512}, 0)
	installTruth(kU8, truthLoops{countTrueIntBAVX512, findTrueIntBAVX512, findFalseIntBAVX512}, 0)
	installTruth(kI16, truthLoops{countTrueIntWAVX512, findTrueIntWAVX512, findFalseIntWAVX512}, 0)
	installTruth(kU16, truthLoops{countTrueIntWAVX512, findTrueIntWAVX512, findFalseIntWAVX512}, 0)
	installTruth(kI32, truthLoops{countTrueIntDAVX512, findTrueIntDAVX512, findFalseIntDAVX512}, 0)
	installTruth(kU32, truthLoops{countTrueIntDAVX512, findTrueIntDAVX512, findFalseIntDAVX512}, 0)
	installTruth(kI64, truthLoops{countTrueIntQAVX512, findTrueIntQAVX512, findFalseIntQAVX512}, 0)
	installTruth(kU64, truthLoops{countTrueIntQAVX512, findTrueIntQAVX512, findFalseIntQAVX512}, 0)
	installTruth(kF32, truthLoops{countTrueF32AVX512, findTrueF32AVX512, findFalseF32AVX512}, 0)
	installTruth(kF64, truthLoops{countTrueF64AVX512, findTrueF64AVX512, findFalseF64AVX512}, 0)
	installTruth(kF16, truthLoops{countTrueF16AVX512, findTrueF16AVX512, findFalseF16AVX512}, 0)
	installTruth(kC64, truthLoops{countTrueC64AVX512, findTrueC64AVX512, findFalseC64AVX512}, 0)
	installTruth(kC128, truthLoops{ofPairs(countTrueC128AVX512), ofPairs(findTrueC128AVX512), ofPairs(findFalseC128AVX512)}, 0)
	installPairs[float32](kC64, argmaxRowsC64AVX512, argminRowsC64AVX512, findNaNF32AVX512, 0)
	installPairs[float64](kC128, argmaxRowsC128AVX512, argminRowsC128AVX512, findNaNF64AVX512, 0)
	all, any := tables[LogicalAnd].Find(kBool, kBool).Reduce, tables[LogicalOr].Find(kBool, kBool).Reduce
	foldWith(kBool, func(Reduce) Reduce { return all }, Multiply, Minimum, Fmin, BitwiseAnd)
	foldWith(kBool, func(Reduce) Reduce { return any }, Add, Maximum, Fmax, BitwiseOr)
}
