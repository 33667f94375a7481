// Package rest is the ground on which every HTTP operation of Parley stands. An
// operation is declared once, by Add, with the Go types of its input and output and
// with its Need: who may call it. From the declaration follow the route, the
// validation of input, the OpenAPI description, and the check of the Need.
//
// The conventions it keeps for all of them: ids are strings (ID, Ref), lists are
// Page with cursors, times are RFC 3339 in UTC, errors are problem documents (RFC
// 9457) in the caller's language, and a POST with an Idempotency-Key is done once.
//
// Names of types become names of schemas, whatever package they are in: two types
// of one name and different shape stop the program at its start. Slices in outputs
// are made non-nil, so that an empty list is [] and never null.
//
// Allowed imports: what web may import, but no other package of web. Invariant: no
// handler runs for a caller whom its Need excludes.
package rest
