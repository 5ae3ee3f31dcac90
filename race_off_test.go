//go:build !race

package nd

const raceEnabled = false

// RaceEnabled is raceEnabled for the tests from outside.
const RaceEnabled = raceEnabled
