// Package config reads the command line and the environment into one Config.
//
// A flag wins over its environment variable, and an empty variable counts as
// not set. Everything is checked at once, before anything starts, and what is
// wrong is one line that names the flag, the variable and the remedy.
//
// Allowed imports: internal/secret.
//
// Invariant: no error, log line or formatted Config shows the secret key or the
// password in a URL.
package config
