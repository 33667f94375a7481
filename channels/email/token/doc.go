// Package token signs the ids of our messages, so that an answer proves which message it
// answers. A token stands in the Message-ID of what we send, from where the mail programs of
// others copy it into In-Reply-To and References, and in the plus-address that answers go to.
//
// Allowed imports: the standard library alone.
//
// Invariant: a token that opens under an account's key was made with that key. It is no
// secret, everybody who gets the mail reads it: it proves that its bearer has seen our message
// or an answer to it, not who the bearer is.
package token
