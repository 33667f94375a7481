package contact

import (
	"encoding/json"
	"time"
)

// ID identifies a contact.
type ID int64

// IdentityID identifies an identity.
type IdentityID int64

// Contact is a person who writes to us or whom we write to.
type Contact struct {
	ID         ID
	Name       string
	CompanyID  int64 // 0 = none
	OwnerID    int64 // the responsible agent; 0 = none
	Language   string
	Identities []Identity
	Fields     map[string]json.RawMessage
	MergedInto ID // whom this one turned out to be; 0 = it stands for itself
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Identity is an address in its scope: the network, or "account:ID" where addresses
// are local to an account. (Scope, Address) is unique among verified identities;
// one that a person merely typed is kept with Verified false and may repeat.
type Identity struct {
	ID        IdentityID
	ContactID ID
	Scope     string
	Address   string
	Verified  bool
	CreatedAt time.Time
}
