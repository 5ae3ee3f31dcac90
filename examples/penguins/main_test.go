package main

import "os"

func Example() {
	if err := run(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// 344 penguins; the heaviest: Gentoo of Biscoe, 6300 g
	//
	//     species    n  bill mm  flipper mm  mass g      ±
	//      Adelie  152     38.8       190.0  3700.7  457.0
	//   Chinstrap   68     48.8       195.8  3733.1  381.5
	//      Gentoo  124     47.5       217.2  5076.0  502.1
	//
	// in kilograms the heaviest weighs 6.30
}
