# The listings of the fifth text, in its order: what the prompt shows is printed.
from tempfile import mkdtemp
import os.path as path
import numpy as np

data = np.arange(12, dtype='float32')
data.resize(3, 4)
filename = path.join(mkdtemp(), 'newfile.dat')

fp = np.memmap(filename, dtype='float32', mode='w+', shape=(3, 4))
print(repr(fp))
fp[:] = data[:]
print(repr(fp))

print(fp.filename == path.abspath(filename))

del fp
newfp = np.memmap(filename, dtype='float32', mode='r', shape=(3, 4))
print(repr(newfp))

fpr = np.memmap(filename, dtype='float32', mode='r', shape=(3, 4))
print(fpr.flags.writeable)

fpc = np.memmap(filename, dtype='float32', mode='c', shape=(3, 4))
print(fpc.flags.writeable)
print(repr(fpc))

fpc[2, :] = 1
print(repr(fpc))

print(repr(fpr))

fpo = np.memmap(filename, dtype='float32', mode='r', offset=16)
print(repr(fpo))
