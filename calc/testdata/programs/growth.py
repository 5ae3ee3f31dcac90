import math
import struct
import sys
from array import array
import numpy as np

a = array("d", [1, 2, 3, 4])
na = np.frombuffer(a, dtype=float)
print(a, na)
na[1] = 20
print(a)
print(na)
del na

buf = array("d")
for i in range(5):
    buf.append(math.sin(i * 0.1))
    buf.append(math.cos(i * 0.1))
data = np.frombuffer(buf, dtype=float).reshape(-1, 2)
print(data)

a = array("d")
moved = []
for i in range(20):
    before = a.buffer_info()[0]
    a.append(i)
    if i and a.buffer_info()[0] != before:
        moved.append(i)
    if i == 2:
        na = np.frombuffer(a, dtype=float)
        try:
            a.append(99)
        except BufferError as e:
            print("BufferError:", e)
        print(na.ctypes.data == a.buffer_info()[0], na)
        del na
print(len(a), sys.getsizeof(a) - sys.getsizeof(array("d")))

buf = bytearray()
for i in range(5):
    buf += struct.pack("=hdd", i, math.sin(i * 0.1), math.cos(i * 0.1))
dtype = np.dtype({"names": ["id", "sin", "cos"], "formats": ["h", "d", "d"]}, align=False)
data = np.frombuffer(buf, dtype=dtype)
print(data)
print(data["id"], "\n", data["sin"], "\n", data["cos"])
for j in range(5):
    print("a[{}]: \n {} \n".format(j, data[j]))
