package intake

// IdentityLocks returns the advisory locks of several identities, in the order in
// which intake takes them, for others who add addresses.
func IdentityLocks(refs []IdentityRef) []int64 { return (&Need{Identities: refs}).locks() }
