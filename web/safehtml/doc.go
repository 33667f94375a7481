// Package safehtml makes the HTML of strangers harmless and leaves it as much of its
// looks as that allows. Mail is for what came in, Compose for what agents write.
//
// Mail works in two steps that know nothing of each other. The first cuts the text into
// tokens and writes anew what is known: elements properly nested, attributes by table,
// style sheets through package css, links and pictures by their addresses. The second is
// bluemonday with a policy of its own, stated in fence.go. What one of them should let
// through by mistake the other refuses. Style sheets, which bluemonday cannot read, are
// put in front afterwards.
//
// Everything is bounded (bytes, depth, attributes) and takes time linear in the input.
//
// Allowed imports: web/safehtml/css. Invariant: what comes out holds no element, attribute
// or address that runs, loads from elsewhere without being asked, or takes the reader away
// without a click; and it comes out the same when it is put in again.
package safehtml
