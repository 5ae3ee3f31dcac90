package kernel

import (
	"os"

	"github.com/stride-go/nd/dtype"
)

// Level names the vector instructions that the loops use. Every level gives
// the same results, except that elementary functions may differ in the last
// place.
type Level uint8

// The levels. A machine that has one has those below it.
const (
	LevelGo     Level = iota // plain Go, on every machine
	LevelAVX2                // AVX2, FMA, F16C, BMI2
	LevelAVX512              // AVX-512 F, BW, DQ, VL beside those
)

var levelNames = [...]string{LevelGo: "go", LevelAVX2: "avx2", LevelAVX512: "avx512"}

// String returns the name that the environment variable ND_SIMD knows.
func (l Level) String() string { return levelNames[l] }

var level Level

// CurrentLevel returns the level of the loops in the tables.
func CurrentLevel() Level { return level }

// BestLevel returns the highest level that this machine has.
func BestLevel() Level { return bestLevel() }

// twins holds the Go loops, which vector loops replace and are tested against.
var twins struct {
	tables   [NumOps][]Entry
	casts    [len(casts)][len(casts)]Unary
	searches [len(searches)]searchLoops
	running  [dtype.KindBytes]RunningFold
	wide     [dtype.KindBytes]WideSum
}

// init takes the machine's best level, or the one that ND_SIMD (go, avx2, avx512)
// asks for.
func init() {
	level = levelAtStart()
	installLoops(level)
}

// keepTwins keeps the Go loops, all of which the tables hold.
func keepTwins() {
	for op := range tables {
		twins.tables[op] = append([]Entry(nil), tables[op].Entries...)
	}
	twins.casts, twins.searches = casts, searches
	twins.running, twins.wide = runningSums, wideSums
}

// levelAtStart is the level of ND_SIMD as far as the machine has it, or the
// machine's best.
func levelAtStart() Level {
	asked := os.Getenv("ND_SIMD")
	for l, name := range levelNames {
		if name == asked {
			return min(Level(l), bestLevel())
		}
	}
	return bestLevel()
}

// SetLevel puts the loops of a level, or of the machine's best below it, into
// the tables and returns the level before. It is for tests and for measuring:
// no loop may run at the same time.
func SetLevel(l Level) Level {
	ready()
	before := level
	level = min(l, bestLevel())
	for op := range tables {
		copy(tables[op].Entries, twins.tables[op])
	}
	casts, searches = twins.casts, twins.searches
	runningSums, wideSums = twins.running, twins.wide
	streamLoop, streamFence = nil, nil
	clear(seconds[:])
	clear(strideLoops.reverse[:])
	clear(strideLoops.second[:])
	clear(strideLoops.every[:])
	clear(strideLoops.gather[:])
	clear(strideLoops.reverseStream[:])
	clear(strideLoops.secondStream[:])
	clear(transposeLoops.cached[:])
	clear(transposeLoops.stream[:])
	clear(moveLoops.swap[:])
	clear(moveLoops.swapStream[:])
	clear(moveLoops.choose[:])
	clear(moveLoops.assign[:])
	clear(moveLoops.compress[:])
	clear(moveLoops.take[:])
	clear(moveLoops.takeStream[:])
	clear(columns[:])
	clear(tapeLoops[:])
	clear(divisions.quotient[:])
	clear(divisions.rest[:])
	exchanges = exchangesInGo
	splits = splitsInGo
	installLoops(level)
	installTables(level)
	installNumbers()
	return before
}
