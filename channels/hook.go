package channels

// Hooker is a Driver whose network has to be told by hand where to push.
type Hooker interface {
	// Hooks are what is to be done with an account's webhook address; of several whose
	// condition holds the first counts, and where none does nothing is to be done.
	Hooks() []Hook
}

// Hook says what an administrator does with an account's webhook address.
type Hook struct {
	When Condition // on the account's configuration
	// Paste says in one sentence where the address is entered.
	Paste Words
	// With names the fields whose values are entered there beside the address.
	With []string
}
