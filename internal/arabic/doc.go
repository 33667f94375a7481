// Package arabic knows in Arabic what the server says in English: refusals, labels of
// channel settings, reasons of failures, system mail. Sentences are written in Russian and
// English where they are made, beside the code that knows what they mean; the third language
// is kept here, by the English sentence, so that a translator reads one place and a sentence
// without a translation is simply shown in English.
//
// Allowed imports: the standard library alone, so that package fault can use it.
//
// Invariant: what is filled into a sentence is never translated, and stands apart from it by
// Unicode isolates, as names and numbers run from left to right.
package arabic
