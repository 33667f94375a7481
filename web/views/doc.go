// Package views is saved views over HTTP: what there are, what they show, how many, and
// which of some conversations belong to one.
//
// Allowed imports: the rooms, internal/auth, internal/fault, web/rest, and web/desk and
// web/rules for the shapes of conversations and conditions. Invariant: everybody may have
// views of their own; those of teams and of all are made by administrators and leads.
package views
