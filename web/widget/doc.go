// Package widget carries the site chat: the loader script a site puts on its pages, the chat page
// that opens in its iframe, and the sample shop at /demo that shows both. The TypeScript source is
// under src/; this package embeds what the build leaves in dist/.
//
// It imports the standard library alone. Its invariant: the package compiles and serves something
// readable whether or not the front end was built.
package widget
