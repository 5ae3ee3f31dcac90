package main

import "regexp"

// reasons say why nd is slower than a peer in some case, by a pattern that the
// case's name matches. The first that matches counts. Cases that are not named
// here are meant to be at 1.0 or above; a ratio below it is noise or a loss that
// has to be looked at.
var reasons = []reason{
	{regexp.MustCompile(`^((sum|mean|min|max|argmin|argmax|sum axis=\d) \S+ (C|T) 1\d{7}|sum of a map f8 .*\d|dot f8 C 1\d{7} vs gonum)$`), "the data fit no cache, and both sides wait for memory; of one core nd gets 0.9 to 1.2 of NumPy's bytes a second"},
	{regexp.MustCompile(`^(max|min|argmax) u1 C 10000000 all$`), "10 MB come from the third-level cache in 110 to 150 µs on one core: to wake the second takes what it saves"},
	{regexp.MustCompile(`^argmax i4 C 10000000 all$`), "the data fit no cache, and both sides wait for memory"},
	{regexp.MustCompile(`^(min|max|argmin|argmax) \S+ C 100000$`), "read from the second-level cache at its 32 bytes a cycle"},
	{regexp.MustCompile(`^(argmax \S+ C 1000|sum f8 C 1000 vs gonum)$`), "the header of the result, an allocation of 60 to 100 ns, takes longer than the items (49 ns for the sum); gonum returns a number, NumPy takes its object from a free list"},
	{regexp.MustCompile(`^sum of a packed field `), "the records are read whole, at the speed of memory: 509 µs if they are only read, 560 for the sum"},
	{regexp.MustCompile(`^copy \w+ \[.* 16000000$`), "reading twice the lines that are kept, one core is at the speed of memory for both"},
	{regexp.MustCompile(`^cast to \w+ \w+ \[.* 16000000$`), "every line of the source is read for half of its items, at the speed of memory for both; all there is to gain are the lines of the result, which stores past the caches need not fetch"},
	{regexp.MustCompile(`^(add|subtract|multiply|multiply by 2\.0|divide|maximum|minimum|greater|equal|negative|absolute|floor|rint|bitwise_and|invert|left_shift|right_shift|cast to \S+)( out| released)? \S+ C 100000$`), "two or three streams of 0.4 to 0.8 MB, which the second-level cache does not hold together: the third one's speed for both, best times within a quarter"},
	{regexp.MustCompile(`^(add|multiply|multiply by 2\.0|maximum|subtract|greater|equal|divide) out \S+ C 10000000( all)?$`), "two or three arrays go by in each call, and both sides wait for memory"},
	{regexp.MustCompile(`^(greater (fresh|released)|cast to \S+) \S+ C 10000000( all)?$`), "one or two arrays go by in each call, and both sides wait for memory"},
	{regexp.MustCompile(`^a @ b f8 300×300·300 90000$`), "0.7 MB are read from the second-level cache, or, where something else has been there, from the third"},
	{regexp.MustCompile(`^a @ b (f|c)\d+ 300(×300)?·300(×300)? 90000 all$`), "the matrix has 0.4 to 1.4 MB: columns below 1 MB stay on one core: two took longer for complex64, 9.7 to 13 µs, and less for float64, 9.2 to 7.1"},
	{regexp.MustCompile(`^(a|a\.T) @ (b|b\.T) (f|c)\d+ (256×256|1024×1024) `), "best times are 0.9 to 1.0 of NumPy's: what is beyond that is the machine's scatter"},
	{regexp.MustCompile(`^(count_nonzero|any) \S+ C(, all false)? 10000000$`), "the items are read once, from memory or the third-level cache, at the same speed for both"},
	{regexp.MustCompile(`^add fresh (f|i)8 C 1000$`), "the result's 8 KB lie in no cache: they take 480 to 540 ns to write, 200 where they do; stores past the caches take 300 and make the first read 500 ns slower, and more collections cost what they gain. malloc hands NumPy the block that it freed a call before, as Release does, see the rows \"released\""},
	{regexp.MustCompile(`^(add|greater) fresh \S+ C (8|1000|100000)$`), "the result's block is new to the caches and work for the collector, where malloc hands NumPy the block that it freed a call before; Release does that too, see the rows \"released\""},
	{regexp.MustCompile(`^(take|a\[indices\]|a\[mask\]|where|nonzero) \S+ C (1000|100000)$`), "the result's fresh block takes longer than the items, as in \"add fresh\"; see the rows \"released\""},
	{regexp.MustCompile(`^(tan|sinh|arcsin|arccos|arctan2|cbrt|expm1) f4 C 1\d+$`), "NumPy's loop errs by 1.5 to 3.3 units of the last place, nd's by less than one, which takes more instructions"},
	{regexp.MustCompile(`^((log|log2|log10|log1p|tan|sinh|cosh|arcsinh|arccosh|arctanh|power|arctan2) f\d C 1\d+( all)?|bincount f8 C (961|99856)|gradient f8 C 99856|transpose \+ transpose f8 C 99856|dot f8 C 100000|a @ b f8 100000×16·16 1600000 all|einsum ij,ij->i f8 256×256 65536)$`), "best times within a tenth of NumPy's: what is beyond that is the machine's scatter"},
	{regexp.MustCompile(`^(arg)?sort (f|i)8 C 1000000$`), "beside NumPy's loops for AVX2 (-avx2), whose best times are 0.7 to 1.4 of nd's: AVX2 compares and blends items of eight bytes, for which it has no instructions for the lesser and the greater"},
	{regexp.MustCompile(`^(sort|partition|argsort) of rows `), "rows of 100 go through networks for 128, whose comparisons of items of 8 bytes run at half the rate of those of 4; and the result is a fresh block"},
	{regexp.MustCompile(`^(diff|repeat) of rows `), "the result's block is new to the caches, as in \"add fresh\": Repeat of rows of 40 takes 700 to 900 µs so, 300 to 340 where it is released"},
	{regexp.MustCompile(`^(concatenate|hstack|stack along the last axis|pad|roll|tile|insert|delete|diff|m\[rows\]|m\[:, columns\]|m\[rows, columns\]|take along axis|nan_to_num) f8 C (961|99856)$`), "the result's block is new to the caches and work for the collector, as in \"add fresh\": 800 KB take 37 to 45 µs to write where NumPy's, written a call before, take 12 to 15"},
	{regexp.MustCompile(`^(copy|planes|one colour|colours by index|clip) (u1|f4) 480×640×3 `), "the result's 0.3 to 3.7 MB are new to the caches, as in \"add fresh\": released, copies run at 0.8 to 1.3 of NumPy's speed"},
	{regexp.MustCompile(`^a @ b c(8|16) 100000×\d+·\d+ `), "short rows of complex numbers have no loop of their own: few are multiplied at a time, whose lanes are then added up"},
	{regexp.MustCompile(`^a @ 8 columns f4 100000×\d+ `), "half of the lanes of a vector are columns; memory's speed for the rest"},
	{regexp.MustCompile(`^a\[i\] = b `), "all places are checked before the first item is written, one pass more"},
	{regexp.MustCompile(`^(nonzero|a\[i\]|assign steps to float32|astype of swapped bytes) f8 C 9$`), "150 to 400 ns, of which the loop takes a few: the object of the result, and the questions how the operands lie and whose blocks they are"},
	{regexp.MustCompile(`^steps: s \+ s f8 C 99856$`), "every second item goes through a block on its way in and out; half of the time goes into reading the operands"},
	{regexp.MustCompile(`^(complex multiply|matrix \+ column) f8 C 99856$`), "three streams between the second- and the third-level cache, at its speed for both"},
	{regexp.MustCompile(`^a @ b f\d 100×32×32 `), "the result's block is new to the caches: with out given nd takes 1.0 of NumPy's time"},
	{regexp.MustCompile(`^a @ b f8 64×64 `), "with out given nd takes 9.7 µs and NumPy 10.3; a fresh block is 0.5 to 1 µs more, memory new to the caches and the collector's work"},
	{regexp.MustCompile(`^a @ b (f|c)\d+ 2000(×2000)?·2000`), "a matrix of 16 to 64 MB: how much of it the third-level cache still holds decides"},
}

type reason struct {
	cases *regexp.Regexp
	why   string
}

// reasonFor returns why a case is slower, "" if nobody knows.
func reasonFor(name string) string {
	for _, r := range reasons {
		if r.cases.MatchString(name) {
			return r.why
		}
	}
	return ""
}
