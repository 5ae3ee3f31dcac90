package dtype

// MustParse is Parse for a dtype written in the program: it panics with the
// *nd.Error instead of returning it.
func MustParse(s string) DType {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}
