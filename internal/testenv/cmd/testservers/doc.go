// Command testservers runs another command with a private PostgreSQL server that all of its test
// processes share:
//
//	testservers [-fsync on|off] run -- go test ./...
//
// The server's address is passed on in PARLEY_TEST_POSTGRES; package testenv reads it. It exits with
// the command's status, and with 2 when the server is missing and PARLEY_TEST_REQUIRE is 1.
//
// Allowed imports: internal/testenv.
//
// Invariant: the server ends before the program does, whatever the command's fate.
package main
