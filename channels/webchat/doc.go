// Package webchat is the network of visitors who write in the chat on a site. Its far
// side is our own HTTP API, which stands in package web; here is what that API is made
// of: who a visitor is (Introduction, Visitor, Tokens), what their posts and receipts
// become (Post, Account.Event), where the chat may be embedded (Config) and how much
// one visitor may ask for (Rates).
//
// It imports channels and internal/fault. Storing is sending: a visitor reads what is
// in the database, so Send has nothing to do and nothing can be lost on the way.
//
// The invariant it guards: a visitor is who their token says and nobody else, and an
// address counts as verified only under the signature of the site that knows the user.
package webchat
