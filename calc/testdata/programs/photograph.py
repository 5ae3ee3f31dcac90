import numpy as np
from samples import photo


class Image:
    """A picture in 32-bit pixels, as a window system holds it: b, g, r, a."""

    def __init__(self, rgb):
        self._block = np.full((rgb.shape[0], rgb.shape[1], 4), 255, np.uint8)
        self._block[:, :, :3] = rgb[:, :, ::-1]

    def width(self):
        return self._block.shape[1]

    def height(self):
        return self._block.shape[0]

    def depth(self):
        return 32

    def bytesPerLine(self):
        return self._block.strides[0]

    def byteCount(self):
        return self._block.nbytes

    def bits(self):
        return self._block.ctypes.data

    def pixel(self, x, y):
        return int.from_bytes(self._block[y, x].tobytes(), "little")


def qRgb(r, g, b):
    return 255 << 24 | int(r) << 16 | int(g) << 8 | int(b)


img = Image(photo)
print("width & height:", img.width(), img.height())
print("depth:", img.depth())
print("byteCount:", img.byteCount())
print("bytesPerLine:", img.bytesPerLine())

interface = {
    'shape': (img.height(), img.width(), 4),
    'data': (int(img.bits()), False),
    'strides': (img.bytesPerLine(), 4, 1),
    'typestr': "|u1",
    'version': 3,
}
img.__array_interface__ = interface
arr = np.asarray(img)
x, y = 100, 50
b, g, r, a = arr[y, x]
print(qRgb(r, g, b))
print(img.pixel(x, y))
arr[y, x, :3] = 0x12, 0x34, 0x56
print(hex(img.pixel(x, y)))

arr2 = np.array(img, copy=False)
del img.__array_interface__
print(np.all(arr2 == arr), arr2.base is img, arr2.flags.owndata, arr2.strides)


class ArrayProxy(object):
    def __init__(self, base, interface):
        self.base = base
        self.__array_interface__ = interface


arr3 = np.array(ArrayProxy(img, interface), copy=False)
print(np.all(arr3 == arr))
print(np.shares_memory(arr, arr3), arr3[:, :, 2].mean().round(3), arr3[10:12, 10:12, 0])

# Lines may be longer than their pixels: a window of the picture.
interface['shape'] = (100, 200, 3)
interface['data'] = (int(img.bits()) + 20 * img.bytesPerLine() + 30 * 4, True)
part = np.array(ArrayProxy(img, interface), copy=False)
print(part.shape, part.strides, part.flags.c_contiguous, part.flags.writeable)
print(np.all(part == arr[20:120, 30:230, :3]))
