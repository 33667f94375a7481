package config

import "strings"

// Error is one thing wrong with the configuration. Its text is one line.
type Error struct {
	// Flag is the flag without dashes; empty when there is none.
	Flag string
	// Env is the environment variable; empty when there is none.
	Env string
	// Problem says what is wrong, without secrets.
	Problem string
	// Remedy says what to do.
	Remedy string
}

// Error reads "--listen (PARLEY_LISTEN) …: …".
func (e *Error) Error() string {
	var b strings.Builder
	switch {
	case e.Flag != "" && e.Env != "":
		b.WriteString("--" + e.Flag + " (" + e.Env + ") ")
	case e.Flag != "":
		b.WriteString("--" + e.Flag + " ")
	case e.Env != "":
		b.WriteString(e.Env + " ")
	}
	b.WriteString(e.Problem)
	if e.Remedy != "" {
		b.WriteString(": " + e.Remedy)
	}
	return b.String()
}
