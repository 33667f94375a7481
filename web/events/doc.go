// Package events tells open pages what happens. One reader per node follows the event
// feed, loads the objects of many notices with a few queries, renders each event once,
// and hands it to a live.Hub; every stream filters by what its viewer may see. Who
// connects again resumes from the feed where they stopped.
//
// Allowed imports: the rooms, internal/auth, internal/live, internal/fault, web/desk
// (how objects look) and web/rest. Invariants: a stream shows nothing that its viewer
// may not see at that moment; from the id that a client resumes after, every durable
// event comes once, in order; a slow client delays nobody.
package events
