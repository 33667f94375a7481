// Package css reads the style attributes and style sheets of strangers and writes anew
// what of them is harmless: fonts, colours, sizes, spacing, borders, lists, and the
// media queries that fit a mail to a narrow screen.
//
// Nothing of the input is copied. The text is cut into the tokens of CSS Syntax Level 3,
// declarations of known properties whose values are made of known tokens are kept, and
// the kept tokens are printed in one plain form without escapes or comments. Every bound
// is on the input, and the work is linear in it.
//
// Allowed imports: the standard library alone. Invariant: what is printed holds no
// url(), no at-rule but @media, no escape, neither < nor \, and no way
// to leave the element it stands in: no position but static and relative.
package css
