package auth

import (
	"slices"
	"time"
)

// TeamID identifies a team; 0 is none.
type TeamID int64

// Team is a group of agents that conversations are given to.
type Team struct {
	ID        TeamID
	Name      string
	MemberIDs []AgentID // sorted
	CreatedAt time.Time
}

// Clone returns a copy that shares no slices.
func (t Team) Clone() Team {
	t.MemberIDs = slices.Clone(t.MemberIDs)
	return t
}
