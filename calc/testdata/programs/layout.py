import numpy as np
a = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], dtype=np.int32)
print(repr(a), type(a), a.dtype, a[1, 2])
print(repr(a[:, 1:3]), a.ndim, a.shape, a.strides)
b = a.reshape(4, 3)
print(repr(b), a.ctypes.data == b.ctypes.data, id(a) == id(b))
print(b.tobytes().hex())
c = b.T
print(repr(c), c.ctypes.data == b.ctypes.data, c.strides)
c = b.copy()
print(c.ctypes.data == b.ctypes.data)
d = b[1:3, :]
print(repr(d), d.ctypes.data - b.ctypes.data)
print('data buff address from {0} to {1}'.format(0, b.ctypes.data + b.nbytes - b.ctypes.data))
print(a.flags)
i, j = a[1, 1], a[1, 1]
a[1, 1] = 4
print(i, j, isinstance(i, np.generic))
