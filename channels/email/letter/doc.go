// Package letter reads mail: any bytes that were sent as one, however broken, become a Letter.
//
// A mail is read once, from front to back, and never held whole. One scanner knows the boundaries of
// all open multiparts at once, so that a lost or doubled boundary costs at most the part it stood in;
// text bodies are kept in memory up to a bound, everything else flows into channels.Files. What
// deviates from the standards is read the way its author most probably meant it and noted in
// Letter.Problems. No general MIME library stands here: those that stream give up on a quarter of the
// odd mails that people really receive.
//
// Allowed imports: channels, internal/plaintext, golang.org/x/text.
//
// Invariant: Read fails only when reading the mail or storing a file fails. No bytes make it panic,
// take more than linear time or more memory than Bounds allow, and every string of a Letter is valid
// UTF-8 without NUL.
package letter
