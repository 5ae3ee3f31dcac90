package dtype

import "github.com/stride-go/nd/internal/nderr"

func valueError(op, format string, args ...any) *nderr.Error {
	return nderr.New(op, nderr.ErrValue, format, args...)
}

func typeError(op, format string, args ...any) *nderr.Error {
	return nderr.New(op, nderr.ErrDType, format, args...)
}

func promotionError(format string, args ...any) *nderr.Error {
	return nderr.New("promote", nderr.ErrPromotion, format, args...)
}

func fieldIndexError(i int) *nderr.Error {
	return nderr.New("dtype", nderr.ErrIndex, "Field index %d out of range.", i)
}
