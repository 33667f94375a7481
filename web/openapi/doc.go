// Command openapi writes the description of the HTTP interface to a file, without a
// server and without a database, for whatever is generated from it. `make generate`
// runs it.
//
// Allowed imports: web.
//
// Invariant: the file is what a running server answers at /api/openapi.json, but for
// the program's version.
package main
