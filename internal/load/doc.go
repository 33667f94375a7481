// Package load is the instrument for measurements: it fills a database with plausible
// data, runs open-loop load against a server with a journal of what was acknowledged,
// and compares the journal with the store.
//
// It may import the rooms whose rows it seeds, but not internal/store, which implements
// the interfaces that this package asks of a database. The invariant it guards: an
// acknowledgement is in the journal only after the server's answer, and verification
// reads the store, never the server's word.
package load
