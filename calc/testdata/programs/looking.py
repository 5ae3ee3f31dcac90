import sys
from array import array
import numpy as np

# The addresses of the original are left out: what holds of them is printed.
a = np.array([1, 2, 3, 4, 5], dtype=np.int32)
print(id(a) == a.ctypes.data)
print(sys.getsizeof(a) - sys.getsizeof(a[:0].copy()))
print(a.nbytes)
print(a.itemsize)
for i in a:
    print(type(i), i)
print(hasattr(array, "buffer_info"), array("d", [1, 2, 3]).buffer_info()[1])

# The block of an array.array may move as it grows; it may not while it is exported.
a = array("d")
empty = sys.getsizeof(a)
for i in range(10):
    a.append(i)
    print((a.buffer_info()[1], sys.getsizeof(a) - empty))
    if i == 4:
        print()
na = np.frombuffer(a, dtype=float)
print(na.ctypes.data == a.buffer_info()[0], "\n", na)
