package auth

import (
	"slices"
	"time"
)

// InvitationID identifies an invitation.
type InvitationID int64

// Invitation lets one person in, once, as the agent it describes.
type Invitation struct {
	ID         InvitationID
	Hash       TokenHash
	Email      string
	Name       string // may be empty: the invited one types it
	Role       Role
	TeamIDs    []TeamID
	InvitedBy  AgentID // 0 when by an API key
	CreatedAt  time.Time
	ExpiresAt  time.Time
	AcceptedAt time.Time // zero while open
}

// Clone returns a copy that shares no slices.
func (i Invitation) Clone() Invitation {
	i.TeamIDs = slices.Clone(i.TeamIDs)
	return i
}

// Reset lets an agent set a new password, once.
type Reset struct {
	Hash      TokenHash
	AgentID   AgentID
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // zero while open
}

// How long links work. The store keeps their rows longer, to say that they are used up.
const (
	InvitationLife = 7 * 24 * time.Hour
	ResetLife      = 24 * time.Hour
)
