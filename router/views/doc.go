// Package views is saved views: lists of conversations by conditions of the one language,
// under a name, for one person, a team or everybody.
//
// Allowed imports: inbox and inbox/actor, router and router/rules. The invariant it guards:
// a view selects among the conversations that its reader may see, and never adds one; and
// what a view shows is what its rule holds of, whichever part of it the database answered.
package views
