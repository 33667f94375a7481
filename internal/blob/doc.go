// Package blob keeps attachments and raw mail by the SHA-256 of their content.
//
// Store is the interface that a folder satisfies today (Disk) and an S3 bucket
// can: whole objects, named by their hash, never changed. What a blob is called,
// whose it is and when it may go is kept in the database; whoever deletes one
// holds a lock on its hash there, because a Put of the same content may be under
// way.
//
// Allowed imports: internal/fault.
//
// Invariants: when Put returns, the content survives a power cut; a name never
// holds other content than its hash says, nor half of it; nothing outside the
// store's folder can be named.
package blob
