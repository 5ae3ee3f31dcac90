# The listings of the third text, in its order.
import numpy as np
a = np.array([1, 2, 3, 4])
b = a
b += 1
print(a)
print(b)

import numpy as np
a = np.array([1, 2, 3, 4])
b = a[1:3]
b += 1
print(a)
print(b)

import numpy as np
a = np.array([[1, 2], [3, 4]])
b = np.array([[5, 6], [7, 8]])
c = np.dot(a, b)
print(c)

import numpy as np
a = np.array([1, 2, 3, 4])
a.flags.writeable = False
try:
    a[0] = 5
except ValueError as e:
    print("ValueError:", e)
