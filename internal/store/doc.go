// Package store is all SQL of the house: one text for SQLite and PostgreSQL, where
// lines that must differ are marked "-- only: sqlite" or "-- only: postgres".
//
// It may import the packages whose types it stores, and satisfies by shape the small
// interfaces that those declare. The invariants it guards: a transaction rides in the
// context; feed order is commit order; every query that answers a viewer filters by
// what the viewer may see; keyset pagination only.
//
// On SQLite every write goes through one writer with three lanes and is committed in
// groups; on PostgreSQL each write is a transaction of its own.
package store
