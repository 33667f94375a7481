// Package bench measures the whole program from outside, as a browser or an API client would meet it, on
// both databases with commits forced to the disk. `make bench` prints one line per row, in the form that
// benchstat reads. It has benchmarks only.
//
// A row's figures are percentiles over single requests (p50-ms, p99-ms), rates (req/s, msg/s) and costs
// per message: µs of processor time of the program and of its database, bytes they wrote, and commits, each
// of which waits for the disk once. Load
// generator, database and program share the machine, so a rate is a floor of what each could do alone.
//
// PARLEY_BENCH_CONVERSATIONS and PARLEY_BENCH_MESSAGES say how large a database to measure on: 115000 and
// 1000000 unless told.
//
// Allowed imports: internal/testenv and its packages. The program is driven by its commands and its HTTP
// alone.
//
// Invariant: no row is measured on a server that does not force its commits to the disk.
package bench
