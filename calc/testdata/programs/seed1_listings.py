# The listings of the second text, by their numbers. %C and PyQt4 are not Python's:
# values are printed, and the picture is a photograph behind the same calls.

import math  # In [1]
import numpy as np

# In [4]
from array import array
a = array("d", [1, 2, 3, 4])
na = np.frombuffer(a, dtype=float)
print(a)
print(na)

# In [5]
na[1] = 20
print(a)

# In [6]
buf = array("d")
for i in range(5):
    buf.append(math.sin(i * 0.1))
    buf.append(math.cos(i * 0.1))
data = np.frombuffer(buf, dtype=float).reshape(-1, 2)
print(data)

# In [12], [13]
a = array("d")
for i in range(10):
    try:
        a.append(i)
    except BufferError as e:
        print("BufferError:", e)
        print(na)
        del na
        a.append(i)
    if i == 2:
        na = np.frombuffer(a, dtype=float)
        print(na.ctypes.data == a.buffer_info()[0])
    print("i ={}: {}\n".format(i, a.buffer_info()[1:]))
    if (i == 3) | (i == 7):
        print('------')

# In [36]
import struct
buf = bytearray()
for i in range(5):
    buf += struct.pack("=hdd", i, math.sin(i * 0.1), math.cos(i * 0.1))
dtype = np.dtype({"names": ["id", "sin", "cos"], "formats": ["h", "d", "d"]})
data = np.frombuffer(buf, dtype=dtype)
print(data["id"])
print(data["sin"])
print(data["cos"])

# In [37]
for j in range(5):
    print("a[{}]: \n {} \n".format(j, data[j]))

# In [39]
from samples import photo


class QImage(object):
    """A picture in 32-bit pixels, as a window system holds it: b, g, r, a."""
    Format_RGB32 = 4

    def __init__(self, rgb):
        self._block = np.full((rgb.shape[0], rgb.shape[1], 4), 255, np.uint8)
        self._block[:, :, :3] = rgb[:, :, ::-1]

    def width(self):
        return self._block.shape[1]

    def height(self):
        return self._block.shape[0]

    def depth(self):
        return 32

    def format(self):
        return self.Format_RGB32

    def byteCount(self):
        return self._block.nbytes

    def bytesPerLine(self):
        return self._block.strides[0]

    def bits(self):
        return self._block.ctypes.data

    def pixel(self, x, y):
        return int.from_bytes(self._block[y, x].tobytes(), "little")


def qRgb(r, g, b):
    return 255 << 24 | int(r) << 16 | int(g) << 8 | int(b)


img = QImage(photo)
print("width & height:", img.width(), img.height())
print("depth:", img.depth())
print("format:", img.format(), QImage.Format_RGB32)
print("byteCount:", img.byteCount())
print("bytesPerLine:", img.bytesPerLine())

# In [40]
import ctypes
addr = int(img.bits())
pointer = ctypes.cast(addr, ctypes.POINTER(ctypes.c_uint8))
arr = np.ctypeslib.as_array(pointer, (img.height(), img.width(), img.depth() // 8))
print(arr.shape, arr.strides, arr.flags.owndata)

# In [41]
x, y = 100, 50
b, g, r, a = arr[y, x]
print(qRgb(r, g, b))
print(img.pixel(x, y))

# In [42]
arr[y, x, :3] = 0x12, 0x34, 0x56
print(hex(img.pixel(x, y)))

# In [43]
interface = {
    'shape': (img.height(), img.width(), 4),
    'data': (int(img.bits()), False),
    'strides': (img.bytesPerLine(), 4, 1),
    'typestr': "|u1",
    'version': 3,
}

img.__array_interface__ = interface

arr2 = np.array(img, copy=False)
del img.__array_interface__
print(np.all(arr2 == arr), arr2.base is img)


# In [44]
class ArrayProxy(object):
    def __init__(self, base, interface):
        self.base = base
        self.__array_interface__ = interface


arr3 = np.array(ArrayProxy(img, interface), copy=False)
print(np.all(arr3 == arr))

# In [48]: two fields are a view today, so their base is not None.
persontype = np.dtype({
    'names': ['name', 'age', 'weight', 'height'],
    'formats': ['S30', 'i', 'f', 'f']}, align=True)
a = np.array([("Zhang", 32, 72.5, 167.0),
              ("Wang", 24, 65.2, 170.0)], dtype=persontype)

print(a["age"].base is a)
print(a[["age", "height"]].base is None)


# In [46]
def fields_view(arr, fields):
    dtype2 = np.dtype({name: arr.dtype.fields[name] for name in fields})
    return np.ndarray(arr.shape, dtype2, arr, 0, arr.strides)


v = fields_view(a, ["age", "weight"])
print(v.base is a)

v["age"] += 10
print(a)

# In [47]
print(a.dtype.fields)
print(a.dtype)
print(v.dtype)
