package structpack

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"math/big"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"github.com/stride-go/nd"
)

// struct.pack('=hdd', 1, .5, .25) in the seeds, written little-endian here.
func TestS23PackHDD(t *testing.T) {
	b, err := Pack("<hdd", 1, .5, .25)
	if err != nil || hex.EncodeToString(b) != "0100000000000000e03f000000000000d03f" {
		t.Fatalf("%x %v", b, err)
	}
	for _, c := range []struct {
		format string
		size   int
	}{
		// Python 3.11's struct.calcsize.
		{"=hdd", 18}, {"hdd", 24}, {"@hdd", 24}, {"dh", 10}, {"hd", 16}, {"h0d", 8}, {"c3xi", 8}, {"xh", 4}, {"h2xi", 8},
		{"h\n d", 16}, {"", 0}, {"0s", 0}, {"=l", 4}, {"l", 8}, {"!q2h", 12}, {"10s3p", 13}, {"nNP", 24}, {"<?e", 3},
		{"10000000000x", 1e10}, {"3000000000d", 24e9}, {"9223372036854775807s", math.MaxInt64}, {"4611686018427387903h", math.MaxInt64 - 1},
		{"h9223372036854775805x", math.MaxInt64}, {"0s9223372036854775807p", math.MaxInt64},
	} {
		if n, err := CalcSize(c.format); err != nil || n != c.size {
			t.Errorf("%q: %d %v, want %d", c.format, n, err, c.size)
		}
	}
}

func TestS31ParseFormatMatchesPackFormat(t *testing.T) {
	f := MustNew("=hdd")
	dt, err := f.DType()
	if err != nil || dt.ItemSize() != 18 || dt.FieldAt(1).Offset != 2 || dt.FieldAt(2).Offset != 10 {
		t.Fatal(dt, err)
	}
	var packed []byte
	for i := range 5 {
		if packed, err = f.Append(packed, i, math.Sin(0.1*float64(i)), math.Cos(0.1*float64(i))); err != nil {
			t.Fatal(err)
		}
	}
	a, err := nd.FromBytes(packed, dt)
	if err != nil {
		t.Fatal(err)
	}
	if a.Len() != 5 || a.Field("f1").At[float64](3) != math.Sin(0.1*float64(a.Len()-2)) || a.Field("f0").At[int16](4) != 4 {
		t.Error(a)
	}
	if _, err := nd.FromBytes(packed[:89], dt); !errors.Is(err, nd.ErrFormat) {
		t.Error("a wrong length was read:", err)
	}
	sequence, err := f.All(packed)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i, v := range sequence {
		if i != n || !reflect.DeepEqual(v, []any{int64(i), math.Sin(0.1 * float64(i)), math.Cos(0.1 * float64(i))}) {
			t.Error(i, v)
		}
		n++
	}
	if n != 5 {
		t.Error(n)
	}
}

// Python 3.11's answers.
func TestErrorsAsPython(t *testing.T) {
	pack := func(format string, values ...any) func() error {
		return func() error { _, err := Pack(format, values...); return err }
	}
	for want, f := range map[string]func() error{
		"short format requires -32768 <= number <= 32767":         pack("h", 40000),
		"ushort format requires 0 <= number <= 65535":             pack("<H", -1),
		"byte format requires -128 <= number <= 127":              pack("b", -129),
		"ubyte format requires 0 <= number <= 255":                pack("B", 256),
		"'i' format requires -2147483648 <= number <= 2147483647": pack("<i", 1<<31),
		"'l' format requires -2147483648 <= number <= 2147483647": pack("<l", -1<<40),
		"'I' format requires 0 <= number <= 4294967295":           pack("I", uint64(1)<<63),
		"pack expected 3 items for packing (got 2)":               pack("hdd", 1, .5),
		"bad char in struct format":                               pack("z"),
		"repeat count given without format specifier":             pack("3"),
		"total struct size too long":                              pack("99999999999999999999h"),
		"char format requires a bytes object of length 1":         pack("c", "ab"),
		"argument for 's' must be a bytes object":                 pack("s", 5),
		"required argument is not an integer":                     pack("h", 1.5),
		"required argument is not a float":                        pack("d", "a"),
		"float too large to pack with e format":                   pack("e", 65520.0),
		"float too large to pack with f format":                   pack("<f", 1e39),
		"unpack requires a buffer of 18 bytes":                    func() error { _, err := Unpack("=hdd", []byte("1")); return err },
		"unpack_from requires a buffer of at least 4 bytes for unpacking 2 bytes at offset 2 (actual buffer size is 3)": func() error {
			_, err := MustNew("h").UnpackFrom([]byte("abc"), 2)
			return err
		},
		"offset -4 out of range for 3-byte buffer":                       func() error { _, err := MustNew("h").UnpackFrom([]byte("abc"), -4); return err },
		"not enough data to unpack 2 bytes at offset -1":                 func() error { _, err := MustNew("h").UnpackFrom([]byte("abc"), -1); return err },
		"no space to pack 2 bytes at offset -1":                          func() error { return MustNew("h").PackInto(make([]byte, 3), -1, 1) },
		"iterative unpacking requires a buffer of a multiple of 2 bytes": func() error { _, err := MustNew("h").All([]byte("abc")); return err },
		"cannot iteratively unpack with a struct of length 0":            func() error { _, err := MustNew("").All(nil); return err },
	} {
		err := f()
		var e *nd.Error
		if !errors.As(err, &e) || e.Msg != want {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
	for _, long := range []string{"9223372036854775808x", "4611686018427387904h", "h9223372036854775806x", "9223372036854775807x0d",
		"9223372036854775806xh", "9223372036854775800xq", "9223372036854775807x9223372036854775807x"} {
		if _, err := New(long); err == nil || !strings.HasSuffix(err.Error(), "total struct size too long") {
			t.Errorf("%q: %v", long, err)
		}
	}
	if _, err := Pack("1000000000000000x"); !errors.Is(err, nd.ErrMemory) {
		t.Errorf("a record of a petabyte: %v", err)
	}
	if all, err := MustNew("1000000000000000d").All(nil); err != nil {
		t.Error(err)
	} else {
		for i := range all {
			t.Error("a record in no bytes:", i)
		}
	}
	for _, bad := range []string{"<n", ">P", "2 h", " @h", "@h@i", "h3", "é"} {
		// Blanks between items are fine, inside an item they are not.
		if _, err := New(bad); !errors.Is(err, nd.ErrFormat) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Numbers that C's long, or unsigned long for I, L, Q and N, does not hold.
func TestOutOfRangeAsPython(t *testing.T) {
	power := func(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }
	for _, c := range []struct {
		letters string
		value   any
	}{
		{"bBhHiqnl", uint64(1) << 63}, {"bBhHiqnl", power(63)}, {"bHiIqQnNlL", power(64)}, {"bHiIqQnNlL", power(70)},
		{"IQNL", -1}, {"bHiIqQnNlL", new(big.Int).Neg(power(80))}, {"q", new(big.Int).Sub(big.NewInt(math.MinInt64), big.NewInt(1))},
	} {
		for _, letter := range c.letters {
			_, err := Pack(string(letter), c.value)
			var e *nd.Error
			if !errors.As(err, &e) || e.Msg != "argument out of range" {
				t.Errorf("%c %v: %v", letter, c.value, err)
			}
		}
	}
	if b, err := Pack("<Q", power(63)); err != nil || string(b) != "\x00\x00\x00\x00\x00\x00\x00\x80" {
		t.Errorf("% x %v", b, err)
	}
	if b, err := Pack("<q", new(big.Int).Neg(power(63))); err != nil || string(b) != "\x00\x00\x00\x00\x00\x00\x00\x80" {
		t.Errorf("% x %v", b, err)
	}
	if _, err := Pack("P", power(64)); err == nil || !strings.Contains(err.Error(), "int too large to convert") {
		t.Error(err)
	}
}

func TestTextAndBool(t *testing.T) {
	for _, c := range []struct {
		format string
		value  any
		hex    string
		back   any
	}{
		{"3s", "ab", "616200", []byte("ab\x00")}, {"1s", "ab", "61", []byte("a")}, {"0s", []byte("ab"), "", []byte{}},
		{"5p", "abcdefg", "0461626364", []byte("abcd")}, {"0p", "a", "", []byte{}}, {"c", "x", "78", []byte("x")},
		{"?", 7, "01", true}, {"?", "", "00", false}, {"?", nil, "00", false}, {">h", -2, "fffe", int64(-2)},
		{"<P", 0, "", nil}, {"P", -1, "ffffffffffffffff", uint64(math.MaxUint64)}, {">e", 65519, "7bff", 65504.0},
		{">f", 0.1, "3dcccccd", float64(float32(0.1))}, {"b", int8(-128), "80", int64(-128)}, {">I", true, "00000001", uint64(1)},
		{"f", math.Inf(1), "", nil}, {">2x", nil, "", nil},
	} {
		if c.back == nil {
			continue
		}
		b, err := Pack(c.format, c.value)
		if err != nil || hex.EncodeToString(b) != c.hex {
			t.Errorf("%s of %v: %x %v", c.format, c.value, b, err)
			continue
		}
		if v, err := Unpack(c.format, b); err != nil || !reflect.DeepEqual(v, []any{c.back}) {
			t.Errorf("%s of %x: %v %v", c.format, b, v, err)
		}
	}
	v, err := Unpack("5p", []byte("\x09abcd"))
	if err != nil || string(v[0].([]byte)) != "abcd" {
		t.Error(v, err)
	}
	b := []byte("......")
	if err := MustNew(">h").PackInto(b, -4, 0x4142); err != nil || string(b) != "..AB.." {
		t.Errorf("%q %v", b, err)
	}
	if err := MustNew(">hh").PackInto(b, 0, 1, "x"); err == nil || string(b) != "..AB.." {
		t.Errorf("a record that does not pack changed the bytes: %q", b)
	}
}

// Every letter under every order, against a real Python.
func TestAgainstPython(t *testing.T) {
	python := os.Getenv("ND_NUMPY")
	if python == "" {
		t.Skip("ND_NUMPY names no Python")
	}
	values := map[byte][]any{
		'x': nil, 'c': {"z"}, 'b': {-128}, 'B': {255}, '?': {true}, 'h': {-32768}, 'H': {65535}, 'i': {-1 << 31}, 'I': {1<<32 - 1},
		'l': {-5}, 'L': {7}, 'q': {math.MinInt64}, 'Q': {uint64(math.MaxUint64)}, 'n': {-9}, 'N': {9}, 'e': {1.5}, 'f': {0.1}, 'd': {0.1},
		's': {"hello"}, 'p': {"hello"}, 'P': {12345},
	}
	var formats []string
	var mine []string
	for _, order := range []string{"", "@", "=", "<", ">", "!"} {
		for a := range values {
			for b := range values {
				format := fmt.Sprintf("%s%c2x3s%c", order, a, b)
				args := append(append(append([]any{}, values[a]...), "mid"), values[b]...)
				packed, err := Pack(format, args...)
				if err != nil {
					continue // n, N, P outside @
				}
				formats = append(formats, format)
				mine = append(mine, hex.EncodeToString(packed))
			}
		}
	}
	script := `
import struct, sys
v = {'x': [], 'c': [b'z'], 'b': [-128], 'B': [255], '?': [True], 'h': [-32768], 'H': [65535], 'i': [-2**31], 'I': [2**32-1],
     'l': [-5], 'L': [7], 'q': [-2**63], 'Q': [2**64-1], 'n': [-9], 'N': [9], 'e': [1.5], 'f': [0.1], 'd': [0.1],
     's': [b'hello'], 'p': [b'hello'], 'P': [12345]}
for line in sys.stdin:
    f = line.strip('\n')
    k = f.lstrip('@=<>!')
    print(struct.pack(f, *v[k[0]], b'mid', *v[k[-1]]).hex())
`
	cmd := exec.Command(python, "-c", script)
	cmd.Stdin = strings.NewReader(strings.Join(formats, "\n") + "\n")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err, stderr.String())
	}
	for i, theirs := range strings.Fields(string(out)) {
		if theirs != mine[i] {
			t.Errorf("%q: %s, Python %s", formats[i], mine[i], theirs)
		}
	}
	if len(formats) < 2000 {
		t.Errorf("only %d formats", len(formats))
	}
}

func FuzzFormat(f *testing.F) {
	for _, s := range []string{"=hdd", "@3sxP", "10p?e", "<", "2h 3q"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x, err := New(s)
		if err != nil || x.Size() > 1<<16 || x.NumValues() > 1<<12 {
			return
		}
		v, err := x.Unpack(make([]byte, x.Size()))
		if err != nil || len(v) != x.NumValues() {
			t.Fatal(len(v), err)
		}
		b, err := x.Append(nil, v...)
		if err != nil || len(b) != x.Size() {
			t.Fatal(len(b), err)
		}
	})
}

func ExamplePack() {
	b, err := Pack(">hdd", 1, 0.5, 0.25)
	fmt.Printf("%x %v\n", b, err)
	v, err := Unpack(">hdd", b)
	fmt.Println(v, err)
	// Output:
	// 00013fe00000000000003fd0000000000000 <nil>
	// [1 0.5 0.25] <nil>
}
