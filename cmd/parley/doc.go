// Command parley is the whole product in one program: the server, and the commands that look after its
// database and measure it. See `parley help`.
//
// Allowed imports: internal/app does the work; config, auth, load, telemetry and channels for their types.
//
// Invariant: a wrong call and a service that cannot be reached end in one line and exit status 2; a result
// that is not good ends in exit status 1.
package main
