package pipeline

import (
	"encoding/json"
	"time"

	"parley/inbox/contact"
)

// LeadID identifies a lead.
type LeadID int64

// LeadStatus says whether a lead is still worked on.
type LeadStatus string

// The statuses of a lead.
const (
	LeadOpen      LeadStatus = "open"
	LeadConverted LeadStatus = "converted"
	LeadLost      LeadStatus = "lost"
)

// ReasonDuplicate is why a lead is lost when its contact turned out to be somebody who has
// an open one already. Pages translate it.
const ReasonDuplicate = "duplicate"

// MaxScore is the score of the most promising lead.
const MaxScore = 100

// Lead is a person who may become a client.
type Lead struct {
	ID             LeadID
	ContactID      contact.ID
	ConversationID int64 // the first conversation; 0 = made by hand
	AccountID      int64
	TeamID         int64
	OwnerID        int64 // 0 = nobody yet
	Status         LeadStatus
	PipelineID     int64
	StageID        int64
	Source         string // channel kind, or what was typed
	Campaign       string // which one brought them; "" = none
	UTM            map[string]string
	Score          int // how promising, 0 to MaxScore
	LostReason     string
	Fields         map[string]json.RawMessage
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// StageKind says what arriving at a stage means.
type StageKind string

// The kinds of stages.
const (
	StageOpen StageKind = "open"
	StageWon  StageKind = "won"
	StageLost StageKind = "lost"
)

// Pipeline is an ordered list of stages.
type Pipeline struct {
	ID     int64
	Name   string
	Stages []Stage
}

// Stage is a step of a pipeline.
type Stage struct {
	ID   int64
	Name string
	Kind StageKind
}

// First returns the id of the first open stage, 0 when there is none.
func (p Pipeline) First() int64 {
	for _, s := range p.Stages {
		if s.Kind == StageOpen {
			return s.ID
		}
	}
	return 0
}
