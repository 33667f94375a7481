// Package arabic knows in Arabic what the server says in English: refusals, labels of
// channel settings, reasons of failures, system mail. Sentences are written in Russian and
// English where they are made, beside the code that knows what they mean; the third language
// is kept here, by the English sentence, so that a translator reads one place. A sentence
// without a translation would be shown in English; a test of package house finds it in the
// sources, with the file and line, and so does it find a line here that nobody says any more.
//
// Allowed imports: the standard library alone, so that package fault can use it.
//
// Invariant: what is filled into a sentence is never translated, as a name may be spelt like a
// word, and stands apart from it by Unicode isolates, as names and numbers run from left to
// right. A hole such as {_who} is the exception: only words of ours come there.
package arabic
