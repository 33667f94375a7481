//go:build race

package letter_test

const raceEnabled = true
