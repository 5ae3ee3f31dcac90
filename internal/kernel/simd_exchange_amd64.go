package kernel

// installExchanges puts the vector loops of a level in place of those in Go.
func installExchanges(l Level) {
	switch l {
	case LevelAVX2:
		exchanges = exchangeLoops{[9]Places{
			1: {Exchange: exchangeBAVX2, TurnSigns: turnSignsBAVX2},
			2: {exchangeWAVX2, turnSignsWAVX2, turnFloatsWAVX2, oddFloatsWAVX2},
			4: {exchangeDAVX2, turnSignsDAVX2, turnFloatsDAVX2, oddFloatsDAVX2},
			8: {exchangeQAVX2, turnSignsQAVX2, turnFloatsQAVX2, oddFloatsQAVX2},
		}, exchangePairsAVX2, true}
	case LevelAVX512:
		exchanges = exchangeLoops{[9]Places{
			1: {Exchange: exchangeBAVX512, TurnSigns: turnSignsBAVX512},
			2: {exchangeWAVX512, turnSignsWAVX512, turnFloatsWAVX512, oddFloatsWAVX512},
			4: {exchangeDAVX512, turnSignsDAVX512, turnFloatsDAVX512, oddFloatsDAVX512},
			8: {exchangeQAVX512, turnSignsQAVX512, turnFloatsQAVX512, oddFloatsQAVX512},
		}, exchangePairsAVX512, true}
	}
}
