//go:build race

package nd

const raceEnabled = true

// RaceEnabled is raceEnabled for the tests from outside.
const RaceEnabled = raceEnabled
