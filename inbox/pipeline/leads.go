package pipeline

import (
	"context"
	"encoding/json"
	"slices"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/fault"
)

// Leads returns a page of leads, newest first.
func (s *Service) Leads(ctx context.Context, v actor.Viewer, f LeadFilter) (Page[LeadRow], error) {
	f.Limit = clamp(f.Limit)
	return s.store.Leads(ctx, v, f)
}

// Lead returns one lead.
func (s *Service) Lead(ctx context.Context, v actor.Viewer, id LeadID) (LeadRow, error) {
	l, found, err := s.store.Lead(ctx, v, id)
	if err == nil && !found {
		err = ErrNoLead
	}
	return l, err
}

// NewLead is a lead made by hand.
type NewLead struct {
	ContactID      contact.ID // may be 0 where a conversation is given
	ConversationID int64      // 0 = none
	OwnerID        *int64     // nil = who makes it
	StageID        int64      // 0 = the first
	Source         string
	Campaign       string // "" = what the UTM marks say
	Score          int
	UTM            map[string]string
	Fields         map[string]json.RawMessage
}

// CreateLead adds a lead. A contact has one open lead at most.
func (s *Service) CreateLead(ctx context.Context, v actor.Viewer, n NewLead) (LeadRow, error) {
	var bad fault.Collector
	line(&bad, "source", &n.Source)
	line(&bad, "campaign", &n.Campaign)
	checkScore(&bad, &n.Score)
	n.UTM = tidyUTM(&bad, n.UTM)
	if err := bad.Err(); err != nil {
		return LeadRow{}, err
	}
	fields, err := merged(nil, n.Fields)
	if err != nil {
		return LeadRow{}, err
	}
	ids, err := s.store.NextIDs(ctx, 2)
	if err != nil {
		return LeadRow{}, err
	}
	now := s.time()
	l := &Lead{ID: LeadID(ids[0]), ConversationID: n.ConversationID, Status: LeadOpen, Source: n.Source, Campaign: n.Campaign, Score: n.Score, UTM: n.UTM, Fields: fields, OwnerID: v.AgentID, CreatedAt: now}
	if n.OwnerID != nil {
		l.OwnerID = *n.OwnerID
	}
	if l.Source == "" {
		l.Source = "manual"
	}
	if l.Campaign == "" {
		l.Campaign = CampaignOf(n.UTM)
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		at, err := s.place(ctx, v, n.ConversationID, n.ContactID)
		if err != nil {
			return err
		}
		l.ContactID, l.AccountID, l.TeamID = at.ContactID, at.AccountID, at.TeamID
		if err := s.checkOwner(ctx, n.OwnerID); err != nil {
			return err
		}
		if err := s.enter(ctx, l, n.StageID); err != nil {
			return err
		}
		if open, err := s.store.HasOpenLead(ctx, l.ContactID); err != nil || open {
			return orMissing(err, ErrLeadOpen)
		}
		return s.store.SaveLead(ctx, l, Change{New: true, Data: map[string]any{"lead_id": id(l.ID)}, EntryID: ids[1], Cause: v.Cause, At: now})
	})
	if err != nil {
		return LeadRow{}, err
	}
	return s.shownLead(ctx, v, l)
}

// enter puts a new lead on a stage of the first pipeline.
func (s *Service) enter(ctx context.Context, l *Lead, stage int64) error {
	list, err := s.store.Pipelines(ctx)
	if err != nil {
		return err
	}
	for _, p := range list {
		if stage == 0 {
			l.PipelineID, l.StageID = p.ID, p.First()
			return nil
		}
		for _, x := range p.Stages {
			if x.ID == stage && x.Kind == StageOpen {
				l.PipelineID, l.StageID = p.ID, stage
				return nil
			}
		}
	}
	return errNoStage
}

// LeadPatch is what shall change about a lead; nil fields stay as they are.
type LeadPatch struct {
	Status     *LeadStatus
	StageID    *int64
	OwnerID    *int64 // 0 = nobody
	LostReason *string
	Source     *string
	Campaign   *string
	Score      *int
	UTM        *map[string]string         // the whole set
	Fields     map[string]json.RawMessage // each given one is set; null removes it
	// Guard, unless nil, is asked under the lead's lock whether it may become from was what is.
	Guard func(ctx context.Context, v actor.Viewer, was, is *Lead) error
}

// PatchLead changes a lead and returns it as it is then. Arriving at a stage that
// means won or lost changes the status, and the other way round.
func (s *Service) PatchLead(ctx context.Context, v actor.Viewer, lead LeadID, p LeadPatch) (LeadRow, error) {
	var bad fault.Collector
	if p.Status != nil && !slices.Contains([]LeadStatus{LeadOpen, LeadConverted, LeadLost}, *p.Status) {
		bad.Add("status", "choice", fault.T("Возможны: open, converted, lost.", "One of: open, converted, lost."))
	}
	line(&bad, "lost_reason", p.LostReason)
	line(&bad, "source", p.Source)
	line(&bad, "campaign", p.Campaign)
	checkScore(&bad, p.Score)
	if p.UTM != nil {
		*p.UTM = tidyUTM(&bad, *p.UTM)
	}
	if err := bad.Err(); err != nil {
		return LeadRow{}, err
	}
	return s.changeLead(ctx, v, lead, func(ctx context.Context, l *Lead) error {
		was := *l
		if err := s.checkOwner(ctx, p.OwnerID); err != nil {
			return err
		}
		fields, err := merged(l.Fields, p.Fields)
		if err != nil {
			return err
		}
		l.Fields = fields
		if p.OwnerID != nil {
			l.OwnerID = *p.OwnerID
		}
		set(&l.Source, p.Source)
		set(&l.Campaign, p.Campaign)
		set(&l.Score, p.Score)
		set(&l.UTM, p.UTM)
		if p.LostReason != nil {
			l.LostReason = *p.LostReason
		}
		if err := s.move(ctx, l, p.Status, p.StageID); err != nil || p.Guard == nil {
			return err
		}
		return p.Guard(ctx, v, &was, l)
	})
}

// Convert says that a lead has become a client. Doing it twice does it once.
func (s *Service) Convert(ctx context.Context, v actor.Viewer, lead LeadID) (LeadRow, error) {
	return s.changeLead(ctx, v, lead, func(ctx context.Context, l *Lead) error {
		if l.Status == LeadLost {
			return ErrLeadClosed
		}
		won := LeadConverted
		return s.move(ctx, l, &won, nil)
	})
}

// changeLead runs change on the locked lead and saves what came of it.
func (s *Service) changeLead(ctx context.Context, v actor.Viewer, lead LeadID, change func(ctx context.Context, l *Lead) error) (LeadRow, error) {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return LeadRow{}, err
	}
	var after Lead
	err = s.store.Write(ctx, func(ctx context.Context) error {
		l, found, err := s.store.LockLead(ctx, v, lead)
		if err != nil || !found {
			return orMissing(err, ErrNoLead)
		}
		before := *l
		if err := change(ctx, l); err != nil {
			return err
		}
		if before.Status != LeadOpen && l.Status == LeadOpen {
			if open, err := s.store.HasOpenLead(ctx, l.ContactID); err != nil || open {
				return orMissing(err, ErrLeadOpen)
			}
		}
		after = *l
		return s.store.SaveLead(ctx, l, Change{Data: leadData(&before, l), EntryID: ids[0], Cause: v.Cause, At: s.time()})
	})
	if err != nil {
		return LeadRow{}, err
	}
	return s.shownLead(ctx, v, &after)
}

// move changes status and stage together.
func (s *Service) move(ctx context.Context, l *Lead, status *LeadStatus, stage *int64) error {
	list, err := s.store.Pipelines(ctx)
	if err != nil {
		return err
	}
	var stages []Stage
	for _, p := range list {
		if p.ID == l.PipelineID {
			stages = p.Stages
		}
	}
	if stage != nil && *stage != l.StageID {
		i := slices.IndexFunc(stages, func(x Stage) bool { return x.ID == *stage })
		if i < 0 {
			return errNoStage
		}
		l.StageID = *stage
		if status == nil {
			to := statusOf(stages[i].Kind)
			status = &to
		}
	}
	if status != nil && *status != l.Status {
		l.Status = *status
	}
	if !onStageOf(stages, l) {
		i := slices.IndexFunc(stages, func(x Stage) bool { return statusOf(x.Kind) == l.Status })
		if i >= 0 {
			l.StageID = stages[i].ID
		}
	}
	switch {
	case l.Status == LeadLost && l.LostReason == "":
		return errNoReason
	case l.Status != LeadLost:
		l.LostReason = ""
	}
	return nil
}

func onStageOf(stages []Stage, l *Lead) bool {
	return slices.ContainsFunc(stages, func(x Stage) bool { return x.ID == l.StageID && statusOf(x.Kind) == l.Status })
}

func statusOf(k StageKind) LeadStatus {
	switch k {
	case StageWon:
		return LeadConverted
	case StageLost:
		return LeadLost
	default:
		return LeadOpen
	}
}

// leadData is what the timeline says of a change; nil when it is not worth a line.
func leadData(before, after *Lead) map[string]any {
	d := map[string]any{}
	if before.Status != after.Status {
		d["from"], d["to"] = before.Status, after.Status
	}
	if before.StageID != after.StageID {
		d["from_stage_id"], d["stage_id"] = id(before.StageID), id(after.StageID)
	}
	if before.OwnerID != after.OwnerID {
		d["from_owner_id"], d["to_owner_id"] = id(before.OwnerID), id(after.OwnerID)
	}
	if after.Status == LeadLost && before.LostReason != after.LostReason {
		d["lost_reason"] = after.LostReason
	}
	if len(d) == 0 {
		return nil
	}
	d["lead_id"] = id(after.ID)
	return d
}

// shownLead returns a lead as the viewer's page shows it, also when it has just left
// the viewer's sight.
func (s *Service) shownLead(ctx context.Context, v actor.Viewer, l *Lead) (LeadRow, error) {
	row, found, err := s.store.Lead(ctx, v, l.ID)
	if err == nil && !found {
		row = LeadRow{Lead: *l}
	}
	return row, err
}
