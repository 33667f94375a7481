// Package live carries events to open browsers: one Hub per node fans each event
// out to every subscription that wants it, and a Link tells the other nodes that there
// is something to look at.
//
// The database's event feed is the truth and holds every durable event; the Hub
// only saves browsers from asking it. A reader tails the feed and publishes in
// its order. A subscription knows the Position it began at: what is older comes
// from the feed, what is newer comes from the subscription, so nothing is missed
// between the two. A Link, over Redis, wakes the readers of other nodes and carries
// what is worth nothing a moment later, such as typing; it may lose anything.
//
// Allowed imports: no room of this module.
//
// Invariants: a subscription gets durable events in ascending order, each once,
// without a gap from its Position until it ends; publishing never waits for a
// subscriber: one whose queue is full is ended and resumes from the feed; nobody waits
// for Redis, and without it everything is there all the same, a little later.
package live
