import numpy as np

persontype = np.dtype({'names': ['name', 'age', 'weight', 'height'], 'formats': ['S30', 'i', 'f', 'f']}, align=True)
people = np.array([("Zhang", 32, 72.5, 167.0), ("Wang", 24, 65.2, 170.0)], dtype=persontype).view(np.recarray)
print(people.age, people.age.base is people, people.height.mean())
people.age += 10
people[1].weight = 66
for p in people[people.height > 160]:
    print(p.name, p.age, p.weight, type(p))
print(people[0].pprint())
try:
    people.nme
except AttributeError as e:
    print(e)
r = np.rec.fromarrays([[1, 2, 3], [0.5, 0.25, 0.125]], names='id, x')
r.x[1:] *= 2
print(repr(r[1:]))
print(repr(np.rec.array([(1, 'a'), (2, 'b')], names='n,s').s))
