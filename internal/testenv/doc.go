// Package testenv starts private instances of real servers for tests: PostgreSQL, Redis,
// Dovecot and Postfix's smtp-sink.
//
// A test asks for what it needs and gets a URL:
//
//	url := testenv.Postgres(t) // a fresh, empty database, dropped when the test ends
//	url := testenv.Redis(t)    // a server of its own, stopped when the test ends
//	mail := testenv.StartDovecot(t, testenv.DovecotOptions{}) // an IMAP server of its own
//	sink := testenv.SMTPSink(t, "-r", "RCPT") // an SMTP server that misbehaves as told
//
// Nothing is shared with the machine: each server has its own folder under os.TempDir, its own
// loopback port and its own password, and the system's services are never touched. A server dies with
// the process that started it, however that process ends, and its folder goes with it.
//
// PostgreSQL is started once per test process, or once for a whole `go test ./...` when that runs
// under the program in cmd/testservers, which passes the server on in PARLEY_TEST_POSTGRES. Where a
// server is not installed the test is skipped and says what to install; with PARLEY_TEST_REQUIRE=1
// it fails, so that a full run cannot pass by skipping.
//
// Allowed imports: no room of the house. Only tests and cmd/testservers import this package.
//
// Invariant: a test that got a URL from here cannot reach, or be reached by, any other test's data.
package testenv
