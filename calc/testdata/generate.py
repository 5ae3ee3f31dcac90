"""Random expressions of the language for golden.py, the same ones every time."""
import random

R = random.Random(1)
ints=['0','1','-1','2','7','-7','255','-256','2**31','-2**63','2**63','2**64','10**20','-10**20','3','10','-10','True']
flts=['0.0','-0.0','1.0','-1.5','0.1','2.5','1e16','1e-5','1e300','-1e-300','float("inf")','float("nan")','123456.789','0.5','1e22','5e-324','3.0']
cplx=['1j','1+2j','-1.5j','0j','(2-3j)']
strs=["''","'a'","'abc'","'Hello World'","'  x '","'a,b,,c'","'123'","'é日本'","'\\n\\t'","'ß'","'ABC'","\"it's\"","'-42'","'0x1f'"]
byts=["b''","b'abc'","b'\\xff\\x00'","b'a b'","bytearray(b'xyz')"]
seqs=['[]','[1,2,3]','(1,2)','[3,1,2]','range(5)','range(10,0,-3)','[[1],[2]]','()','{1:2}','{1,2}','"abc"']
allv=ints+flts+cplx+strs+byts+seqs+['None']
def v(p=allv): return R.choice(p)
def spec():
    s=''
    if R.random()<.4: s+=R.choice(['','*','0','é',' '])+R.choice('<>=^') 
    s+=R.choice(['','','+','-',' ']); s+=R.choice(['','','','z']); s+=R.choice(['','','#']); s+=R.choice(['','','0']); s+=R.choice(['','','1','5','12','20']); s+=R.choice(['','','',',','_']); s+=R.choice(['','','.0','.1','.3','.10']); s+=R.choice(['','d','f','e','g','x','X','b','o','c','%','s','n','E','G','F'])
    return s
ops=['+','-','*','/','//','%','**','&','|','^','<<','>>','<','<=','==','!=','>','>=','in','and','or','is not' if 0 else 'not in']
def lines(count):
  R.seed(1)
  L=[]
  for _ in range(count):
      k=R.random()
      if k<.3:
          a,b=v(),v(); op=R.choice(ops)
          if op in('**','<<') : a,b=v(ints[:7]+flts[:8]+cplx),v(['0','1','2','3','-1','-2','0.5','2.5','1j','10','70'])
          if op=='*' : b=v(ints[:8]+flts+strs[:2]); 
          if op=='*' and b in('255','-256'): b='3'
          L.append(f'({a}) {op} ({b})')
      elif k<.6: L.append(f'format({v(ints+flts+cplx+strs)}, {spec()!r})')
      elif k<.7:
          s='%'+R.choice(['','-','+',' ','0','#','-0'])+R.choice(['','1','8'])+R.choice(['','.0','.2','.5'])+R.choice('dsrxXofegciuEGa')
          L.append(f'{s!r} % ({v(ints+flts+strs+["(1,)","None"])},)')
      elif k<.85:
          m=R.choice(['upper()','lower()','title()','capitalize()','swapcase()','split()','split(",")','strip()','replace("a","bb")','center(9)','center(10,"*")','ljust(6,".")','rjust(7)','zfill(6)','find("a")','rfind("b")','count("")','partition(",")','splitlines()','encode()','isdigit()','isalpha()','isalnum()','isspace()','istitle()','isupper()','islower()','isidentifier()','expandtabs(4)','startswith("a")','endswith(("c","d"))','rsplit(None,1)','join(["x","y"])','index("z")','casefold()','isnumeric()','isdecimal()','isprintable()','isascii()','encode("utf-16-le")','encode("latin-1","replace")'])
          L.append(f'{v(strs)}.{m}')
      elif k<.93:
          sl=':'.join(R.choice(['','0','1','-1','2','-2','5','-9']) for _ in range(R.choice([2,3])))
          L.append(f'({v(strs+byts+seqs)})[{sl}]')
      else:
          f=R.choice(['int','float','complex','str','repr','bool','abs','round','len','list','tuple','sorted','max','min','sum','hex','bin','oct','ord','chr','bytes','bytearray','divmod','isinstance','type','reversed','enumerate','set','ascii','any','all','round2'])
          if f=='round2': L.append(f'round({v(ints+flts)}, {R.choice(["0","1","2","-1","-3"])})')
          elif f=='divmod': L.append(f'divmod({v(ints+flts)},{v(ints+flts)})')
          elif f=='isinstance': L.append(f'isinstance({v()},{R.choice(["int","str","(int,float)"])})')
          elif f in('bytes','bytearray'): L.append(f'{f}({v(ints[:7]+byts+seqs)})')
          elif f in('reversed','enumerate'): L.append(f'list({f}({v(seqs)}))')
          else: L.append(f'{f}({v()})')

  return [x for x in dict.fromkeys(L) if not x.startswith('set(')]
