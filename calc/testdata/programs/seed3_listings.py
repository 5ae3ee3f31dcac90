# The listings of the fourth text, in its order: what the prompt shows is printed.
# Its int32 is spelled out, and addresses are compared.
import numpy as np
a = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], dtype=np.int32)
print(repr(a))
print(type(a))
print(repr(a.dtype))
print(a[1, 2])
print(repr(a[:, 1:3]))
print(a.ndim)
print(a.shape)
print(a.strides)

print(repr(a))
b = a.reshape(4, 3)
print(repr(b))
print(a.ctypes.data == b.ctypes.data)
print(id(a) == id(b))
from ctypes import string_at
print(repr(string_at(b.ctypes.data, b.nbytes).hex()))

c = b.T
print(repr(c))
print(c.ctypes.data == b.ctypes.data)
print(repr(string_at(c.ctypes.data, c.nbytes).hex()))
print(repr(a))

c = b.copy()
print(repr(c))
print(c.ctypes.data == b.ctypes.data)
print(repr(string_at(c.ctypes.data, c.nbytes).hex()))

d = b[1:3, :]
print(repr(d))
print(d.ctypes.data - b.ctypes.data)
print('data buff address from {0} to {1}'.format(b.ctypes.data - a.ctypes.data, b.ctypes.data + b.nbytes - a.ctypes.data))

# Views by slices and by view(); copies by a list's slice, deepcopy() and copy().
from copy import deepcopy
v, w = a[1:], a.view()
print(v.base is a, w.base is a)
s = [0, [1, 2]]
t = s[:]
u = deepcopy(s)
t[1][0] = 9
print(s, u, deepcopy(a).base is None, np.shares_memory(a.copy(), a))

print(a.flags)

print(repr(a))
print(a[1, 1])
i, j = a[1, 1], a[1, 1]
print(id(i) == id(j))
a[1, 1] = 4
print(i)
print(j)
print(repr(a))
print(isinstance(i, np.generic))
