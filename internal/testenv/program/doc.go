// Package program builds parley and runs it as a child process, for tests that look at the program from
// outside: that kill it, measure it or drive it in a browser.
//
// A child gets none of the test's own PARLEY_ settings, only those it is given, and dies with its test.
//
// Allowed imports: internal/testenv.
//
// Invariant: what runs is what the working tree holds now, built once per test process and tag.
package program
