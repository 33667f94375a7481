// Package app holds the agents' front end as files built from the TypeScript beside it.
//
// It imports the standard library alone. Its invariant: Files always has an
// index.html, because a committed placeholder stands in when nothing was built, so
// that building and testing the program never needs Node.
package app
