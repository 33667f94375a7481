//go:build !race

package letter_test

const raceEnabled = false
