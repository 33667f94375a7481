// Package contact knows people: who they are and by which addresses they reach us.
//
// It may import inbox/actor and internal/fault. The invariant it guards: an
// (scope, address) pair belongs to one contact; several addresses never make several
// records of one person unless nobody could know that they are one.
package contact
