// Package phone writes telephone numbers as the house looks them up: E.164 with a plus sign.
//
// Allowed imports: channels, and the library that knows the world's numbering plans.
//
// The invariant it guards: two ways of writing one number give one address, and what is no
// number (a short code, a company's name) never becomes one.
package phone
