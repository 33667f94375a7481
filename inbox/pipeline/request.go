package pipeline

import (
	"encoding/json"
	"time"

	"parley/inbox/contact"
)

// RequestID identifies a request. People know it by its Number.
type RequestID int64

// RequestStatus says where the work on a request stands.
type RequestStatus string

// The statuses of a request.
const (
	RequestOpen     RequestStatus = "open"
	RequestPending  RequestStatus = "pending"
	RequestResolved RequestStatus = "resolved"
	RequestClosed   RequestStatus = "closed"
)

// Active tells whether the request still wants work, so that a further message of
// the contact is appended to it instead of making a new one.
func (s RequestStatus) Active() bool { return s == RequestOpen || s == RequestPending }

// Request is a numbered inquiry or claim.
type Request struct {
	ID             RequestID
	Number         int64 // unique, for people; need not be gapless
	ContactID      contact.ID
	ConversationID int64
	AccountID      int64
	TeamID         int64
	OwnerID        int64
	Subject        string
	Type           string
	Category       string // what it is about; "" = not said
	Priority       string // low, normal, high, urgent
	Status         RequestStatus
	DueAt          time.Time // zero = none
	Resolution     string
	Checklist      []Step // in order
	Fields         map[string]json.RawMessage
	ResolvedAt     time.Time
	CreatedAt      time.Time
	UpdatedAt      time.Time
}
