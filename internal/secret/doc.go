// Package secret keeps what must not be read: it seals values at rest under the
// installation's one key, and hides secrets from logs, errors and JSON.
//
// A Box seals with AES-256-GCM. Every sealed value starts with a versioned
// header that names the key, so that a later key can be introduced beside this
// one, and is bound to associated data (say, "account/42/config"), so that a
// sealed value copied into another row does not open there. Keys for other uses
// (signing links, tokens) are derived per purpose and never shared.
//
// Allowed imports: the standard library alone.
//
// Invariant: no key and no hidden string ever appears in an error, a log line,
// a formatted value or JSON; the only way out is a method called Reveal.
package secret
