// Package letters shows mail: each one made harmless on a page of its own, which stands in
// a frame that runs nothing, and the pictures that a mail has elsewhere, fetched for the
// reader when they ask for it.
//
// The page has a policy that forbids everything but its own styles and pictures from here.
// Pictures from elsewhere come through an operation of this package: their addresses are
// sealed into those of ours, so that nobody can have us fetch what no mail named, and
// neither the sender nor anybody on the way learns of the reader more than that somebody
// looked.
//
// Clean and Cleaner make the HTML of messages harmless where it is part of an answer.
//
// Allowed imports: inbox, internal/fault, web/rest and web/safehtml. Invariant: what a
// stranger wrote reaches a browser only through safehtml and under the policy above; bytes
// from elsewhere only when they are a picture made of dots, of bounded size.
package letters
