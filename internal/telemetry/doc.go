// Package telemetry is how the program is watched: structured logs and
// Prometheus metrics.
//
// Metrics are methods with names and types, so that a label is never misspelt
// and never takes its value from outside: rooms declare the one or two methods
// they call as an interface, and app passes Metrics. There are no traces yet.
//
// Allowed imports: no room of this module.
//
// Invariants: attributes whose keys promise a secret or somebody's words are
// masked before they are written; the number of metric series is bounded by the
// program, not by traffic.
package telemetry
