package nd

import "github.com/stride-go/nd/dtype"

// RowVar tells Cov and CorrCoef whether each row is a variable and each column
// an observation (the default), or the other way round.
func RowVar(rows bool) Option {
	o := Option{kind: optRowVar}
	if rows {
		o.num = 1
	}
	return o
}

// Cov returns the covariance matrix of the variables in m, and in y if that is
// not nil: both at most 2-d, a row a variable. The divisor is the number of
// observations minus DDof, which is 1 unless given; for one variable the result
// is 0-d. Options: RowVar, DDof, DType.
func Cov(m, y *Array, opts ...Option) *Array {
	s := gather("cov", optRowVar|optDDof|optDType, opts)
	return covariance("cov", m, y, &s)
}

// CorrCoef returns the matrix of Pearson's correlation coefficients of the
// variables in m and y: the covariances divided by the standard deviations, cut
// to [-1, 1]. Options: RowVar, DType.
func CorrCoef(m, y *Array, opts ...Option) *Array {
	const op = "corrcoef"
	s := gather(op, optRowVar|optDType, opts)
	c := covariance(op, m, y, &s)
	if c.NDim() == 0 {
		return c.Divide(c)
	}
	dev := Diag(c, 0)
	if dev.dtype.IsComplex() {
		dev = dev.Real()
	}
	dev = dev.Sqrt()
	n := dev.Size()
	c.Divide(dev.Reshape(n, 1), Out(c))
	c.Divide(dev.Reshape(1, n), Out(c))
	if c.dtype.IsComplex() {
		im := c.Imag()
		im.Clip(-1, 1, Out(im))
		re := c.Real()
		re.Clip(-1, 1, Out(re))
		return c
	}
	return c.Clip(-1, 1, Out(c))
}

func covariance(op string, m, y *Array, s *settings) *Array {
	m.use(op)
	if m.NDim() > 2 {
		fail(op, ErrValue, "m has more than 2 dimensions")
	}
	dt, err := dtype.Promote(m.dtype, dtype.Float64)
	must(op, err)
	if y != nil {
		y.use(op)
		if y.NDim() > 2 {
			fail(op, ErrValue, "y has more than 2 dimensions")
		}
		dt, err = dtype.Promote(dt, y.dtype)
		must(op, err)
	}
	if s.has(optDType) {
		dt = s.dtype
	}
	rows := true
	if o := s.rarely(optRowVar); o != nil {
		rows = o.num != 0
	}
	x := m.AtLeast2D()
	if !rows && m.NDim() != 1 {
		x = x.T()
	}
	if x.lay.Shape[0] == 0 {
		return Zeros(dtype.Float64, 0, 0)
	}
	if y != nil {
		v := y.AtLeast2D()
		if !rows && v.lay.Shape[0] != 1 {
			v = v.T()
		}
		x = Concatenate([]*Array{x, v}, Axis(0))
	}
	x = x.AsType(dt, OrderIs(C))
	ddof := 1.0
	if s.has(optDDof) {
		ddof = s.ddof
	}
	x.Subtract(x.Mean(Axis(1), KeepDims()), Out(x))
	y = x
	if dt.IsComplex() {
		y = x.Conjugate()
	}
	out := x.MatMul(y.T())
	y.releaseUnless(x)
	x.releaseUnless(m)
	if dt.IsComplex() { // processors that fuse products and sums round the two halves apart
		out.Multiply(0.5, Out(out))
		out = out.Add(out.T().Conjugate())
	}
	div := max(float64(x.lay.Shape[1])-ddof, 0)
	out.Multiply(1/div, Out(out))
	return out.Squeeze()
}
