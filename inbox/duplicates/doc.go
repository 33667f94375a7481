// Package duplicates finds contacts that are likely one person, after the fact: it follows the feed and
// looks at whoever has changed, and at everybody who was there before it began.
//
// It may import inbox. The invariant it guards: looking never holds up a message, and the list
// of duplicates is read without looking at all contacts.
package duplicates
