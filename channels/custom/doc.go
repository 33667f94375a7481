// Package custom is the network of whoever connects their own: another system posts what
// happens to our webhook, and gets our answers posted to an address of its own, both signed
// with one shared secret. Agreed in our own API description ("Custom account"):
//
//   - A body is one JSON object (Envelope), the same in both directions.
//   - X-Parley-Signature is "sha256=" and the HMAC-SHA256 of the raw body under the secret, in hex.
//   - 2xx means taken. Inbound it is said after the commit alone; what is signed and makes no
//     sense is kept in quarantine and taken as well.
//   - Outbound our message's key is its id, the same on every attempt: the receiver drops what
//     it has seen, and so a message whose fate is unknown is sent again.
//
// Allowed imports: channels.
//
// The invariant it guards: nothing is read that does not carry the signature of exactly its
// bytes, and nothing is answered with success that was not committed.
package custom
