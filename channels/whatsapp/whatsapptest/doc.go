// Package whatsapptest is WhatsApp's Cloud API as far as Parley uses it: a server that takes messages and
// files, lists templates, hands out files and pushes signed events, with faults on demand. Tests, the
// demonstration and the browser's tests connect accounts to it.
//
// Allowed imports: the standard library.
//
// The invariant it guards: it takes only what Meta would take. Its requests and answers are checked against
// Meta's own OpenAPI by the tests of channels/whatsapp.
package whatsapptest
