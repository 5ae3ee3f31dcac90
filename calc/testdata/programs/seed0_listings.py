# The listings of the first text, in its order. Printed addresses are left out, or
# compared; np.float is spelled float.

# Memory at a look.
import sys
import numpy as np

a = np.array([1, 2, 3, 4, 5], dtype=np.int32)
print(isinstance(a.ctypes.data, int))
print(isinstance(id(a), int))
print(sys.getsizeof(a) - sys.getsizeof(np.array([], dtype=np.int32)))
print(a.nbytes)
print(a.itemsize)
for i in a:
    print(type(i), i)

# A dynamic array: array.array and np.frombuffer.
from array import array

a = array('d', [1, 2, 3, 4])
na = np.frombuffer(a, dtype=float)
print(a, na)
na[1] = 20
print(a, na)

# Several axes.
import math

buf = array('d')
for i in range(5):
    buf.append(math.sin(i * 0.1))
    buf.append(math.cos(i * 0.1))
data = np.frombuffer(buf, dtype=float).reshape(-1, 2)
print(data)

# How the block grows. A view that lives through an append is refused today.
a = array("d")
empty = sys.getsizeof(a)
for i in range(10):
    try:
        a.append(i)
    except BufferError as e:
        print("i =", i, "BufferError:", e)
        print(na.ctypes.data == a.buffer_info()[0], '\n', na)
        del na
        a.append(i)
    if i == 2:
        na = np.frombuffer(a, dtype=float)
    print(a.buffer_info()[1], sys.getsizeof(a) - empty)
    if i == 4:
        print()
na = np.frombuffer(a, dtype=float)
print(na.ctypes.data == a.buffer_info()[0], '\n', na)

# Records: struct, bytearray and np.frombuffer.
import struct

buf = bytearray()
for i in range(5):
    buf += struct.pack('=hdd', i, math.sin(i * 0.1), math.cos(i * 0.1))
dtype = np.dtype({'names': ['id', 'sin', 'cos'], 'formats': ['h', 'd', 'd']}, align=False)
data = np.frombuffer(buf, dtype=dtype)
print(data)
print(data['id'], '\n', data['sin'], '\n', data['cos'])
