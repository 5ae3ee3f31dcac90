package elementary

import "math"

var (
	halfPi = dd{halfPiHi, halfPiMid}
	pi     = dd{piHi, piLo}
)

// atanDD returns the angle of the vector (x, y) in the first quadrant: both at
// least 0, not both 0, and far from overflow and underflow.
func atanDD(y, x dd) dd {
	if y.hi > x.hi {
		return halfPi.sub(atanDD(x, y))
	}
	k := math.RoundToEven(y.hi / x.hi * 64)
	t := y.div(x)
	if k != 0 {
		// atan(y/x) - atan(c) = atan((y - c x) / (x + c y))
		c := k / 64
		t = y.sub(x.mulFloat(c)).div(x.add(y.mulFloat(c)))
	}
	q := mul(t.hi, t.hi)
	s := mul(mul(t.hi, q), -1.0/3+mul(q, 1.0/5+mul(q, -1.0/7+mul(q, 1.0/9))))
	a := &atanTable[int(k)]
	hi, lo := twoSum(a[0], t.hi)
	return norm(hi, lo+(a[1]+t.lo+s))
}

// Atan returns the arctangent of x.
func Atan(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a < 0x1p-27:
		return x
	case a > 0x1p60:
		return math.Copysign(halfPiHi, x)
	}
	return math.Copysign(atanDD(dd{a, 0}, dd{1, 0}).float(), x)
}

// Atan2 returns the angle of the vector (x, y), with C99's special cases.
func Atan2(y, x float64) float64 {
	ay, ax := math.Abs(y), math.Abs(x)
	var r float64
	switch {
	case x != x || y != y:
		return math.NaN()
	case y == 0:
		if math.Signbit(x) {
			r = math.Pi
		}
	case x == 0:
		r = halfPiHi
	case math.IsInf(x, 0):
		switch inf := math.IsInf(y, 0); {
		case inf && x > 0:
			r = math.Pi / 4
		case inf:
			r = 3 * math.Pi / 4
		case x < 0:
			r = math.Pi
		}
	case math.IsInf(y, 0):
		r = halfPiHi
	default:
		r = atan2Finite(ay, ax, x < 0)
	}
	return math.Copysign(r, y)
}

// atan2Finite is for finite, positive y and x; left turns x around.
func atan2Finite(y, x float64, left bool) float64 {
	_, ey := math.Frexp(y)
	_, ex := math.Frexp(x)
	switch {
	case ey-ex > 64:
		return halfPiHi
	case ex-ey > 64 && left:
		return math.Pi
	case ex-ey > 64:
		return y / x
	}
	return turn(dd{math.Ldexp(y, -ex), 0}, dd{math.Ldexp(x, -ex), 0}, left).float()
}

// turn is atanDD with x turned around if left.
func turn(y, x dd, left bool) dd {
	a := atanDD(y, x)
	if left {
		a = pi.sub(a)
	}
	return a
}

// cosOfSine returns √((1-x)(1+x)) for |x| ≤ 1.
func cosOfSine(x float64) dd { return sum(1, -x).mul(sum(1, x)).sqrt() }

// Asin returns the arcsine of x.
func Asin(x float64) float64 {
	a := math.Abs(x)
	switch {
	case !(a <= 1):
		return math.NaN()
	case a < 0x1p-27:
		return x
	}
	return math.Copysign(atanDD(dd{a, 0}, cosOfSine(a)).float(), x)
}

// Acos returns the arccosine of x.
func Acos(x float64) float64 {
	a := math.Abs(x)
	if !(a <= 1) {
		return math.NaN()
	}
	v := atanDD(cosOfSine(a), dd{a, 0})
	if x < 0 {
		v = pi.sub(v)
	}
	return v.float()
}
