package history

import (
	"encoding/json"
	"time"

	"parley/inbox/actor"
)

// Noun is what sort of object a line is about.
type Noun string

// The nouns that have a history.
const (
	Contact Noun = "contact"
	Lead    Noun = "lead"
	Request Noun = "request"
)

// Fields that are not columns of the object.
const (
	Created  = "created"  // by hand or by a rule; what a message makes is explained by the message
	Identity = "identity" // an address that was added or removed; its value is an Address
	Merged   = "merged"   // a contact that became part of this one; its value is the id
	OwnField = "fields."  // how the names of own fields begin
	UTMField = "utm."
)

// Line is one field that was changed.
type Line struct {
	ID       int64
	Noun     Noun
	ObjectID int64
	At       time.Time
	Cause    actor.Cause
	Field    string
	From, To json.RawMessage // null = nothing

	// Filled when lines are read.
	CauseName        string
	FromName, ToName string // where the value is an id: what that is called; "" = it is gone
	ObjectName       string // of a contact that has become part of the one asked for
}

// Address is the value of an identity.
type Address struct {
	Scope   string `json:"scope"`
	Address string `json:"address"`
}

// Change is a field and what it was and became, before it is known by whom.
type Change struct {
	Field    string
	From, To json.RawMessage
}
