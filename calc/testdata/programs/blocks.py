from ctypes import string_at
import numpy as np

a = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], dtype=np.int32)
print(a)
b = a.reshape(4, 3)
print(string_at(b.ctypes.data, b.nbytes).hex())
c = b.T
print(c)
print(c.ctypes.data == b.ctypes.data)
print(string_at(c.ctypes.data, c.nbytes).hex())
print(c.tobytes().hex())
c = b.copy()
print(c)
print(c.ctypes.data == b.ctypes.data)
print(string_at(c.ctypes.data, c.nbytes).hex())
d = b[1:3, :]
print(d)
print(d.ctypes.data - b.ctypes.data)
print(string_at(d.ctypes.data, d.nbytes).hex())
e = a.copy()
s = [0, 1, 2][:]
e[0, 0] = s[1]
print(a[0, 0], e[0, 0])
v = a.view()
v[0, 0] = 7
print(a[0, 0], v.base is a)
