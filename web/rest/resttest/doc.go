// Package resttest has what the tests of operations share: a gate that lets people in by name, so that
// a test needs neither passwords nor sessions. It knows nobody's rights; those are the viewer's.
//
// Allowed imports: internal/auth.
package resttest
