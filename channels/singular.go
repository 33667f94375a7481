package channels

// Singular is an ability of a Driver whose accounts must not be connected twice, because
// each would take in what the other does, and answer it.
type Singular interface {
	// Singularity names what the account of a configuration is at its network; accounts of
	// one name are the same. "" = unknown. It holds no secrets. field is the one that says it
	// to people: a second connection is refused there.
	Singularity(config map[string]string) (name, field string)
}
