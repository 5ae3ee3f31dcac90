#include "textflag.h"

// func settle(avx bool)
TEXT ·settle(SB), NOSPLIT, $0-1
	CLD
	CMPB avx+0(FP), $0
	JE   done
	VZEROUPPER
done:
	RET
