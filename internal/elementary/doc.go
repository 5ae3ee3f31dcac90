// Package elementary holds the elementary functions of one float64 or of one
// complex number, more accurate than package math and the same to the last bit
// on every architecture.
//
// Method. Each function is reduced to a table and a short series, and carried
// through in double-double arithmetic (type dd: an unevaluated sum of two
// float64, about 106 bits) wherever an error would reach the result, so that
// real results are within about 0.501 units in the last place: the nearest
// float64 but for one argument in hundreds. The reductions are:
//
//   - exponentials and logarithms: tables of 128 entries, P. T. P. Tang,
//     "Table-driven implementation of the exponential function in IEEE
//     floating-point arithmetic", ACM TOMS 15 (1989), and "… of the logarithm
//     function …", TOMS 16 (1990);
//   - sine and cosine: subtraction of multiples of π/2 in three parts (W. J.
//     Cody, W. Waite, Software Manual for the Elementary Functions, 1980), or for
//     large arguments multiplication with the bits of 2/π that matter (M. Payne,
//     R. Hanek, SIGNUM Newsletter 18 (1983)), then a table of step 1/64;
//   - arctangent: the table of step 1/64 and the addition theorem;
//   - double-double sums, products, quotients and roots: T. J. Dekker, "A
//     floating-point technique for extending the available precision",
//     Numerische Mathematik 18 (1971), with the products by math.FMA.
//
// Rounding. A product that feeds a sum is either exact by math.FMA or converted
// explicitly, which keeps the compiler from fusing it on machines where it would.
package elementary

//go:generate go run ./gen
