// Package files takes uploads and hands files out: those one uploaded, and those on
// conversations one may see.
//
// Allowed imports: inbox, inbox/actor, internal/blob, internal/fault and web/rest.
// Invariant: a row is made only after its bytes are stored; what could run in a browser
// is never shown in place.
package files
