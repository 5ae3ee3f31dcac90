import numpy as np

# A picture with rows of 2048 bytes, as a window system hands it out.
img = np.zeros((393, 512, 4), np.uint8)
x, y = 100, 50
img[y, x] = 76, 65, 169, 255
arr = np.ndarray(img.shape, np.uint8, img)
b, g, r, a = arr[y, x]
print(hex(int(a) << 24 | int(r) << 16 | int(g) << 8 | int(b)))
arr[y, x, :3] = 0x12, 0x34, 0x56
print(hex(int.from_bytes(bytes(img[y, x]), "little")))

interface = {
    "shape": (393, 512, 4),
    "data": (img.ctypes.data, False),
    "strides": (2048, 4, 1),
    "typestr": "|u1",
    "version": 3,
}


class ArrayProxy(object):
    def __init__(self, base, interface):
        self.base = base
        self.__array_interface__ = interface


arr3 = np.array(ArrayProxy(img, interface), copy=False)
print(np.all(arr3 == arr), arr3.shape, arr3.strides, arr3.flags.owndata)

persontype = np.dtype({
    'names': ['name', 'age', 'weight', 'height'],
    'formats': ['S30', 'i', 'f', 'f']}, align=True)
a = np.array([("Zhang", 32, 72.5, 167.0),
              ("Wang", 24, 65.2, 170.0)], dtype=persontype)
print(a["age"].base is a)
print(a[["age", "height"]].base is a)


def fields_view(arr, fields):
    dtype2 = np.dtype({name: arr.dtype.fields[name] for name in fields})
    return np.ndarray(arr.shape, dtype2, arr, 0, arr.strides)


v = fields_view(a, ["age", "weight"])
print(v.base is a)
v["age"] += 10
print(a)
print(a.dtype.fields)
print(a.dtype)
print(v.dtype)
