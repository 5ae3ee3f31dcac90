package calc

import (
	"strings"
	"testing"
	"time"
)

// TestHugeIsRefused runs calls whose results or whose work no machine holds: each
// must be refused at once, before it allocates.
func TestHugeIsRefused(t *testing.T) {
	const huge = "b = np.broadcast_to(1.5, (1 << 20, 1 << 20)); v = np.broadcast_to(1, (1 << 40,)); "
	for _, code := range strings.Split(strings.TrimSpace(hugeCalls), "\n") {
		in := New(Limits{})
		start := time.Now()
		_, err := in.Run(huge+code, nil)
		if err == nil {
			t.Errorf("%s is not refused", code)
			continue
		}
		switch e := err.(*Error); e.Name {
		case "MemoryError", "_ArrayMemoryError", "ValueError", "TimeoutError":
		default:
			t.Errorf("%s: %v", code, err)
		}
		if d := time.Since(start); d > time.Minute {
			t.Errorf("%s took %v", code, d)
		}
	}
}

// TestRepeatedItemsAreCounted has arrays whose items could be held, but not within the
// limit.
func TestRepeatedItemsAreCounted(t *testing.T) {
	const some = "v = np.broadcast_to(1, 1 << 22); b = np.broadcast_to(1.5, (2, 1 << 21)); x = np.zeros((100, 1000)); i = np.zeros(10**4, int)\n"
	for _, code := range strings.Split(strings.TrimSpace(someCalls), "\n") {
		_, err := New(Limits{MaxBytes: 16 << 20}).Run(some+code, nil)
		if e, ok := err.(*Error); !ok || !strings.HasSuffix(e.Class, "MemoryError") {
			t.Errorf("%s: %v", code, err)
		}
	}
	for _, code := range []string{"b.sum()", "v.max(), v[::-1].T.shape, b[:, ::2].mean()", "np.broadcast_to(b, (9, 2, 1 << 21)).ndim", "x[i[:3], [5]]", "x[i[:100]][:, [1, 2]]"} {
		if _, err := New(Limits{MaxBytes: 16 << 20}).Run(some+code, nil); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

const someCalls = `
np.angle(v)
np.sinc(b)
np.bincount(v)
np.searchsorted([1, 2], v)
np.bytes_(v)
bytes(v)
v.ravel()
v.repeat(1)
v.astype('U')
v.cumsum()
b.take(1)
b.nonzero()
np.trim_zeros(v)
np.unique_values(b)
np.var(v)
x[i]
x.T[:, i]
x[..., i, :]
x[list(i)]
x[0, i.reshape(-1, 1) + i[:1000]]
x[np.broadcast_to(True, (100, 1000))][:, None][np.zeros((30, 10**5), int)]
`

const hugeCalls = `
np.zeros(1 << 40)
np.full(1 << 40, 1)
np.arange(1 << 40)
np.arange(1e15)
np.linspace(0, 1, 1 << 40)
np.geomspace(1, 2, 1 << 40)
np.tile([1, 2], 1 << 40)
np.repeat([1, 2], 1 << 40)
np.repeat([1, 2], [1 << 40, 1])
np.outer(np.zeros(1 << 20), np.zeros(1 << 20))
np.add.outer(np.zeros(1 << 20), np.zeros(1 << 20))
np.zeros((1 << 20, 1)) + np.zeros(1 << 20)
np.meshgrid(np.zeros(1 << 20), np.zeros(1 << 20))
np.indices((1 << 20, 1 << 20))
np.fromfunction(lambda i, j: i, (1 << 20, 1 << 20))
np.eye(1 << 30)
np.diag(np.zeros(1 << 20))
np.tri(1 << 30)
np.vander(np.zeros(1 << 20), 1 << 20)
np.mgrid[0:1 << 20, 0:1 << 20]
np.r_[0:1 << 40]
np.pad([1], 1 << 40)
np.resize([1], 1 << 40)
np.bincount([1 << 40])
np.histogram([1], 1 << 40)
v.tolist()
np.zeros(1 << 60, 'V0').tolist()
memoryview(v).tolist()
np.roll([1], v)
np.split([1], v)
np.delete([1], v)
np.delete(v, slice(None))
np.delete(v, np.broadcast_to(True, (1 << 40,)))
v[np.broadcast_to(True, (1 << 40,))]
np.concatenate([b])
np.stack([b, b])
np.block([[b]])
np.append([1], v)
np.insert([1], 0, v)
np.delete(v, 0)
np.roll(b, 1)
np.copy(b)
b.copy()
b.astype('f4')
b.ravel().cumsum()
b.sum()
np.max(b)
np.median(b)
np.percentile(b, 5)
np.sort(b)
np.argsort(v)
np.unique(b)
np.isin(v, [1])
np.searchsorted([1], v)
np.digitize(v, [1])
np.take([1], v)
np.arange(3).take(v)
np.zeros((2, 1 << 20)).take(np.zeros(1 << 20, int), axis=0)
np.where(v)
np.where(b > 1, 1, 2)
np.nonzero(v)
np.select([v == 1], [1])
np.clip(b, 0, 1)
np.round(b)
np.isclose(b, 1)
np.allclose(b, 1)
np.array_equal(b, b)
np.dot(b[:, :1], b[:1])
b[:, :1] @ b[:1]
np.tril(b)
np.ascontiguousarray(b)
np.lib.stride_tricks.sliding_window_view(np.zeros(1 << 20), 1 << 19).copy()
np.save('huge.npy', b)
np.array(range(1 << 40))
np.array(range(1 << 40), 'f4')
np.fromiter(range(1 << 40), 'i8')
np.base_repr(5, padding=1 << 40)
np.binary_repr(5, 1 << 40)
np.diag_indices(2, 1 << 40)
v.flat[:]
v.flat[...]
np.diff(np.zeros(1 << 20), 1 << 30)
np.array(['x' * 10**7] * 10**5)
np.zeros(3).resize(1 << 40)
np.rec.fromarrays([v, v])
`
