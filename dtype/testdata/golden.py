"""Asks NumPy 2.4 what its dtypes do and writes golden.json beside this file.

    python golden.py        (on a little-endian 64-bit machine)

parse:   every text, as np.dtype reads it: a string, or the literal that it is.
cast:    for each pair of "dtypes" the lowest casting level, 0 to 4, 5 for none.
promote: for each pair the repr of promote_types, or ! and the error's text; both as an index into texts.
weak:    for each dtype the repr of result_type with True, 1, 1.0 and 1j, likewise.
buffer:  the PEP 3118 format of an array of two items.
formats: the repr of the dtype that NumPy reads from a PEP 3118 format.
groups:  the str of result_type of several dtypes.
"""
import ast
import json
import os
import random
import warnings

import numpy as np

warnings.simplefilter("ignore")

STRINGS = """foo i3 f b B h H i I l L q Q p P n N e d F D ? S a a5 U c V S0 U0 V0 S-1 U-3 i0 f2 c4 b1 b2 u U4 |S5 >S5 <V3 >V3 >b1 >i1
|i4 =i4 <i4 >i4 i4, i4,i4 (2,3)f8 2f8 1f8 (1,)f8 3i4 (2,3)f8,i2 ()f8 (2,3)f8, >(2,)f8 (2,)>f8 >(2,)<f8 half single double int uint
bool bool_ float complex long ulong longlong ulonglong intp uintp int_ str bytes str_ bytes_ cdouble csingle void short ushort byte
ubyte intc uintc float_ complex_ unicode string unicode_ string_ float16 float32 float64 float96 int128 Int32 int0 uint0 void0 object0
str0 bytes0 bool8 char int8 int16 int32 int64 uint8 uint16 uint32 uint64 buffer S99999999999 S2147483647 S2147483648 U536870911
U536870912 V2147483648 3S5 f8f4 f8;f4 @i4 é S1_0 S+5 S05 f08 ?1 b8 B1 e2 d8 d4 q4 l4 p8 D16 F8 H2 ?2 0i4 (0,)i4 (-1,)i4 i4) [2]i4 . i.4
float64,int32 (2,)float64 complex64 complex128 numpy.int32 np.int32 (1,2) 2 >2 >f8,<f8 |f8,f8 =f8,f8 > < = | <b >c S1 (2,)S V,V a,a
>float32 >double >d >(2,)float64 2,3f8 (2)f8,i4 >S5,<U3 i4;f4,i2 |(2,)f8 =(2,)f8, i4,(2,3) <>i4,i4 =>i4,i4 =(2,)>i4 <(2,)=i4 |(2,)=i4
|(2,)<i4 float0 Float64 >1 bool,? (2,3)S4, 2S (-2,)f8 S+5,i4 U-0 S-0 =S a-1 u-8 i+4 i04 l8 (2,)(3,)f8 () (),i4 >()f8 ()()f8
(2,3)U5,>i2 U5,S i4,f4,S3 V8 f4 f8 c8 c16 u1 u2 u4 u8 i1 i2 i8 datetime f12 e3 |b1 |u1 >u2 >c16 >e >U5 >U0 V 10V4 d,d,d""".split() + [
    "", "i4 ", " i4", "i4, f4 ,S3", "3 i4", "double ", "long double", "i4\x00", "S 5", "U 3", "i 4", "(2, 3)f8", "(2,3) f8", "( 2,3)f8",
    "(2 ,3)f8", "i4,f4 ", "i4 f4,i2", "S 5,i4", "S  7", "S\t7", "S7 ", "f4\n", "f 8", "c 16", "V 0", "it's", 'say "it\'s"'] + [
    # NumPy raises SyntaxError for these: here any error will do
    "i4,,f4", "(2,3", "03i4", "2 3f8", " i4,f4", ",i4", "(2,,3)f8,i4", "(2.0,)f8,"]

LITERALS = r"""
[('a','i4'),('a','i4')]
[('','i4'),('','i4'),('b','i4')]
[('f1','i4'),('','i4')]
[(('t','a'),'i4'),('t','i4')]
[(('t','a'),'i4'),(('t','b'),'i4')]
[(('a','a'),'i4')]
[('a','i4',-1)]
[('a','i4',(2,-1))]
[('a','i4',0)]
[('a','i4',(0,))]
[('a','i4',())]
[('a','i4',1)]
[('a','i4',(1,))]
('i4',(2,))
('i4',2)
('i4',())
('i4',(1000000000,1000000000))
('i4',(0,1000000000,1000000000))
('V',4)
('S',4)
('U',4)
('S',(4,))
('S5',4)
{'names':['a','b'],'formats':['i4']}
{'names':['a','a'],'formats':['i4','i4']}
{'names':['a','b'],'formats':['i4','i4'],'offsets':[0,-4]}
{'names':['a','b'],'formats':['i4','i4'],'offsets':[0,2],'aligned':True}
{'names':['a','b'],'formats':['i4','i4'],'offsets':[0,2]}
{'names':['a','b'],'formats':['i4','i4'],'itemsize':7}
{'names':['a','b'],'formats':['i4','i4'],'itemsize':10,'aligned':True}
{'names':['a','b'],'formats':['i4','i4'],'itemsize':12,'aligned':True}
{'names':['a','b'],'formats':['i4','i4'],'offsets':[4,0]}
{'names':['a','b'],'formats':['i4','i4'],'offsets':[0,2]}
{'names':['a','b'],'formats':['i1','i4'],'titles':['x','y']}
{'names':['a','b'],'formats':['i1','i4'],'titles':['x',None],'offsets':[1,8]}
{'names':['a','b'],'formats':['i1','i4'],'titles':['x','x']}
{'names':['a','b'],'formats':['i1','i4'],'offsets':[2147483648,0]}
{'names':['a','b'],'formats':['i1','i4'],'itemsize':-1}
{'names':['a',''],'formats':['i1','i4']}
{'names':[],'formats':[]}
{'names':[],'formats':[],'itemsize':8}
[]
{}
{'a':('i4',0),'b':('f8',4,'tt')}
{'b':('i4',4),'a':('f8',8)}
{'z':('i4',8),'a':('f8',0),'m':('i1',12)}
{'b':('i4',4),'a':('f8',-8)}
{'b':('i4',4),'a':('f8',)}
{'names':['a'],'formats':['i4'],'foo':1}
['i4']
[()]
[('a',)]
[('a','i4',2,3)]
[('a','i4'),5]
[(1,'i4')]
[(None,'i4')]
[(('t',''),'i4')]
[(('t','a','b'),'i4')]
[('a',5)]
[('a',None)]
[('a','foo')]
[('a','i4','x')]
[('a','i4',(2.0,))]
[('a','S',5)]
[('a','U',5)]
[('a','V',5)]
[('a','S',(5,))]
('i4',)
('i4',2,3)
()
('i4','x')
('i4',2.0)
('i4',None)
('i4',True)
('i4',[2])
('i4',[2,3])
('S',-1)
('S','x')
('S',0)
('U',1073741824)
('S',2147483648)
('foo',2)
(('i4',2),3)
([('a','i4')],2)
({'names':['a'],'formats':['i4']},(2,))
('V4',[('a','i2'),('b','i2')])
('i4',{'a':('i2',0)})
{'names':('a','b'),'formats':('i4','f4')}
{'names':[1],'formats':['i4']}
{'names':['a'],'formats':['i4'],'offsets':['x']}
{'names':['a'],'formats':['i4'],'offsets':[1.5]}
{'names':['a'],'formats':['i4'],'offsets':5}
{'names':['a'],'formats':['i4'],'offsets':None}
{'names':['a'],'formats':['i4'],'titles':None}
{'names':['a'],'formats':['i4'],'itemsize':None}
{'names':['a'],'formats':['i4'],'itemsize':'x'}
{'names':['a'],'formats':['i4'],'itemsize':2147483648}
{'names':['a'],'formats':['i4'],'aligned':1}
{'names':['a'],'formats':['i4'],'aligned':None}
{'names':['a']}
{'formats':['i4']}
{'names':['a'],'formats':[('i4',2)]}
{'names':['a','b'],'formats':['i4','i1'],'itemsize':6,'aligned':True}
{'names':['a'],'formats':['i4'],'titles':['a']}
{'names':['a','b'],'formats':['i4','i4'],'titles':['b','c']}
{'names':['a','b'],'formats':['i4','i4'],'offsets':(8,0)}
{'names':['',''],'formats':['i4','i4']}
{'a':('i4',0,'a')}
{'a':('i4',0,None)}
{'a':['i4',0]}
{'a':('i4',0),'b':('i4',0)}
{'b':('i4',0),'a':('i4',0)}
{'a':('i4',0),'tt':('i4',0,'tt')}
{'a':('i4,i4',0)}
None
'i4'
b'i4'
[('a','i4,i1'),('b',[('c','i1')])]
[('a',{'names':['x'],'formats':['i4']})]
[('a',('i4',(2,)))]
[('a',('i4',(2,)),(3,))]
[('a','3i4')]
[('a','3i4',2)]
[('a','(2,3)>i4',(4,))]
[('a','')]
[('a','i4',[2,3])]
[('a',[])]
[('a','i4',None)]
{'names':['a','b'],'formats':['i1',{'names':['c','d'],'formats':['i1','i4']}],'aligned':True}
{'names':['a','b'],'formats':['i1','i1,i4'],'aligned':True}
{'names':['a','b'],'formats':['i4','i1'],'aligned':False,'itemsize':8}
{'names':['r','g','b'],'formats':['u1','u1','u1'],'offsets':[0,1,2],'itemsize':4}
[('name','S30'),('age','i4'),('weight','f4'),('height','f4')]
[('id','h'),('sin','d'),('cos','d')]
[('a','>i4'),('b','>U3'),('c','?'),('d','S'),('e','c16'),('f','e')]
[("it's",'i4'),('say "x"','i4'),('\n\t','i4'),('é','i4'),('\u200b','i4')]
[('a','i1'),('b','i2'),('c','i8'),('d','i1')]
[('a','S3'),('b','i4')]
[('a','?'),('b','U2')]
[('a','c16'),('b','i1')]
[('a','i1,(2,)i4'),('b','f8')]
('i1,i4',2)
{'a':('i1',0),'b':('i4',4)}
{'a':('i1',0),'b':('i4',2)}
""".strip().splitlines()

DTYPES = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", ">i2", ">i8", ">f4", ">c16",
          "S", "S1", "S5", "S21", "S64", "U", "U1", "U5", ">U5", "U21", "U70", "V", "V1", "V5", "V8", "V20",
          "i4,i4", ">i4,>i4", "i4,f8", "i4,", "[('x','i4')]", "[('x','i8')]", "!i4,i4", "!i1,i4", "i1,i4", "[('x','i4'),('y','i4')]",
          "[(('t','x'),'i4')]", "[(('t','x'),'i8')]", "('i4',(2,))", "('i4',(1,))", "('i8',(2,))", "('>i4',(2,))", "('i4',(2,2))", "[]",
          "{'names':['x'],'formats':['i4'],'itemsize':8}", "{'names':['x'],'formats':['i4'],'itemsize':8,'offsets':[4]}", "[('x','S3')]",
          "[('x','i4',(2,))]", "[('x','f4',(2,))]", "[('x','f4',(3,))]", "[('x',[('y','i4')])]", "[('x','V3')]",
          "{'names':['b','a'],'formats':['i4','i4'],'offsets':[4,0]}"]


def make(text, align=False):
    return np.dtype(ast.literal_eval(text) if text[0] in "[{" or text[:2] == "('" else text, align=align)


def answer(value, align):
    try:
        d = np.dtype(value, align=align)
    except SyntaxError:
        return {"class": "*"}
    except Exception as e:
        return {"class": type(e).__name__, "error": str(e)}
    if d.kind in "OMmgG" or d.char in "gGT":
        raise SystemExit(f"{value!r} is a dtype that nd does not have")
    r = {"str": str(d), "repr": repr(d), "itemsize": d.itemsize, "alignment": d.alignment, "name": d.name, "typestr": d.str,
         "char": {"q": "l", "Q": "L", "p": "l", "P": "L", "c": "S", "n": "l", "N": "L"}.get(d.char, d.char), "native": d.isnative}
    if d.names is not None:
        r["fields"] = [[n, d.fields[n][2] if len(d.fields[n]) > 2 else "", repr(d.fields[n][0]), d.fields[n][1]] for n in d.names]
    if d.subdtype is not None:
        r["base"], r["shape"] = repr(d.subdtype[0]), list(d.subdtype[1])
    try:  # what numpy.lib.format writes
        r["descr"] = repr(d.descr) if d.names is not None else repr(d.str)
        back = np.lib.format.descr_to_dtype(d.descr if d.names is not None else d.str)
        r["back"] = repr(back)
    except (ValueError, TypeError):
        pass
    return r


def level(a, b):
    for i, c in enumerate(["no", "equiv", "safe", "same_kind", "unsafe"]):
        if np.can_cast(a, b, c):
            return str(i)
    return "5"


def promote(a, b):
    try:
        return repr(np.promote_types(a, b))
    except TypeError as e:
        return "!" + str(e)


def weak(w, d):
    try:
        return repr(np.result_type(w, d))
    except TypeError:
        return "!"


parse = [dict(text=s, align=False, **answer(s, False)) for s in STRINGS]
for s in LITERALS:
    for align in (False, True):
        parse.append(dict(text=s, align=align, literal=True, **answer(ast.literal_eval(s), align)))
for s in ["i1,i4", "i1,(2,)i4,i1", "i4", "u1,f8,u1"]:
    parse.append(dict(text=s, align=True, **answer(s, True)))
dtypes = [make(s[1:], True) if s[0] == "!" else make(s) for s in DTYPES]
texts = {}  # answers that repeat are stored once
out = {
    "numpy": np.__version__,
    "parse": parse,
    "dtypes": DTYPES,
    "cast": ["".join(level(a, b) for b in dtypes) for a in dtypes],
    "equal": ["".join(str(int(a == b)) for b in dtypes) for a in dtypes],
    "promote": [[texts.setdefault(promote(a, b), len(texts)) for b in dtypes] for a in dtypes],
    "weak": [[texts.setdefault(weak(w, d), len(texts)) for w in (True, 1, 1.0, 1j)] for d in dtypes],
}
out["buffer"] = []
for s in ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", "S3", "U5", "V7", ">i4", ">f8", ">U3", ">c16",
          "i1,i4", "i4,i1", "(2,3)f8,i2", "i4,f4,S3", ">i4,i4,>i2", "!i1,i4", "!i1,i2,i8,i1", "!i4,i1", "!S3,i4", "!i1,(3,)c16,?", "i8,i1,u8",
          "[('a','i1'),('b',[('c','i1'),('d','>i4')],(2,))]", "[(('t','a'),'i4')]", "[('a:b','i4')]", "[]", "[('a',[('b','i1,i4')])]",
          "{'names':['b','a'],'formats':['i4','i4'],'offsets':[4,0]}", "[('a',('i4',(2,)),(3,))]", "[('x','V3'),('y','U2')]"]:
    d = make(s[1:], True) if s[0] == "!" else make(s)
    try:
        out["buffer"].append([s, memoryview(np.zeros(2, d)).format])
    except ValueError as e:
        out["buffer"].append([s, "!" + str(e)])
out["formats"] = []
for s in """=hdd hdd T{b:a:xxxxxxxd:b:} >i e Zd 3w 3s ? l =l <q !h ^hd 2h (2,3)d (2,3)2d hh:x: T{h:a:T{b:c:d:d:}:e:} h7x 7x 3xh =h3xd xxh
h:a:h:a: u Y i:f1:h (2)d ()d x:a: b(2,3)T{bd}:q: T{b} c 5c @b=d@h 10s:n: 3T{bi} T{bi} =T{bi} 2T{@bi=b} (2,)d (2,x)d (-1)d 0d 0s bQ<h>h=h
T{=i:a:b:b:} =L^L@L <Zf3x:p:Zd T{} 2T{bh} 3T{T{bh}b} (2,2)T{=bh@b} b3T{=bh@b}h @T{hb}b @T{hb}:x:T{hb}:y: 2bd 2T{=i@b}""".split() + ["", "( 2 , 3 )d"]:
    try:
        out["formats"].append([s, repr(np._core._internal._dtype_from_pep3118(s))])
    except (ValueError, RuntimeError, NotImplementedError) as e:
        out["formats"].append([s, "!" + str(e)])
random.seed(1)
CODES = "?bBhHiIlLefdFD"
groups = [random.choices(CODES, k=random.randint(1, 6)) for _ in range(400)] + [
    ["h", "H", "e"], ["h", "H", "f"], ["b", "B", "e"], ["u8", "i8", "S"], ["i8", "f8", "U3"], ["S3", "i4", ">U2"], ["?", "S1", "?"]]
out["groups"] = [[g, str(np.result_type(*[np.dtype(c) for c in g]))] for g in groups]
out["texts"] = list(texts)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w") as f:
    f.write("{\n" + ",\n".join(
        json.dumps(k) + ": " + ("[\n" + ",\n".join(json.dumps(x) for x in v) + "\n]" if isinstance(v, list) else json.dumps(v))
        for k, v in out.items()) + "\n}\n")
