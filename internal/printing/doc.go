// Package printing writes numbers, items and arrays exactly as NumPy 2 writes
// them.
//
// From the ground up:
//
//   - digits: the decimal digits of a float16, float32 or float64, either the
//     shortest that name it among the numbers of its own width, or the exact
//     value rounded half to even at a place. NumPy takes both from Dragon4;
//     here they come from strconv, which rounds correctly in the same sense.
//   - number: one number laid out in positional or scientific notation, with
//     NumPy's rules for trimming and padding.
//   - scalar: one item as it prints by itself: str gives 1.5, repr gives
//     np.float64(1.5).
//   - column: one item as it prints inside an array. A column has first seen
//     every item that will be printed, and so knows the common width, the
//     number of digits, and whether to use an exponent.
//   - container: brackets, separators, wrapped lines, "..." of a summary.
//   - array: str, repr and array2string.
//
// A summary of a large array reads the corner items that it prints and nothing
// else, and allocates for those only, so a mapped file of any size prints at once.
// (The sub-arrays of a record are read whole: their widths depend on all of it.)
package printing
