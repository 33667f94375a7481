// Package cluster decides which node runs which account. Nodes are equal: each renews
// its own row in the database every few seconds, and whose row has run out is dead. An
// account belongs to the node that its lease names; the lease of a dead node is
// anybody's. Every change of owner gives the lease a higher fence, and whatever an
// owner commits for an account carries the fence that it began with: the database
// refuses a lower one, so a node that was frozen while another took over changes nothing.
//
// A node holds to its accounts no longer than it has renewed for, by its own steady
// clock; the row runs out by the database's. A node whose clock differs from the
// database's by more than MaxDrift runs no account at all.
//
// Allowed imports: channels. The database is a Store, which internal/store satisfies.
//
// The invariant it guards: at any time at most one node's fence of an account is the
// highest, and Held never tells a node of an account that it has lost without its knowledge
// for longer than it takes to commit, which the fence then prevents.
package cluster
