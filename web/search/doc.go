// Package search is the HTTP side of finding messages, people, files and numbers by words: one
// operation, whose hits are of one shape, so that a page and a program read them alike. It may
// use inbox/search, web/desk for how people and files are shown, and web/rest.
//
// Its invariant: it passes the caller on, and what the caller may not see never reaches it. A key
// that may not read contacts finds none.
package search
