// Package desk is what agents and programs do with the inbox over HTTP: conversations,
// messages, drafts and labels, contacts, leads and requests. It also says how those
// objects look outside, for answers and for the event stream alike.
//
// Allowed imports: the rooms, internal/auth, internal/fault, web/letters, web/rest and
// web/safehtml. Invariant: every operation hands the caller on to a room as the viewer;
// nothing is looked up without one; no HTML enters or leaves that is not harmless.
package desk
