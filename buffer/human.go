package buffer

import "fmt"

// Human prints a number of bytes as NumPy does in its MemoryError: "8.00 TiB",
// "512. KiB", "100. bytes" — three significant digits, binary units.
func Human(n int) string {
	units := [...]string{"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}
	u, v := 0, float64(n)
	for v >= 1024 && u < len(units)-1 {
		v /= 1024
		u++
	}
	switch {
	case u == 0:
		return fmt.Sprintf("%d bytes", n)
	case v < 9.995:
		return fmt.Sprintf("%.2f %s", v, units[u])
	case v < 99.95:
		return fmt.Sprintf("%.1f %s", v, units[u])
	case v < 1023.5:
		return fmt.Sprintf("%.0f. %s", v, units[u])
	}
	return fmt.Sprintf("%.0f. %s", v, units[u])
}
