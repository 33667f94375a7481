// Package faults breaks the whole program from outside and checks that its promises hold. It has tests
// only: they build the program, run it as a child process, kill it, take its port, its database and
// its key away, and look at what it says and what it kept.
//
// PARLEY_CRASH_ROUNDS says how often it is killed on each database: 2 unless told. PARLEY_NODE_ROUNDS says
// how many faults two nodes live through: 5 unless told, one of each kind. PARLEY_CLOCKS says how many clocks run
// while others come due: 1000 unless told.
//
// Allowed imports: internal/testenv. The program is driven by its commands and its HTTP alone.
//
// Invariant: every check here has been seen to fail: the crash test is run against a variant of the
// program that acknowledges before it commits, the test of two nodes against one that ignores fences, and each must
// catch it.
package faults
