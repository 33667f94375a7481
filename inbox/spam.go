package inbox

import (
	"context"
	"slices"
	"time"

	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/fault"
)

// ErrSpam refuses what a conversation that was put aside as spam cannot do.
var ErrSpam = fault.New(fault.Conflict, "spam", fault.T("Диалог отмечен как спам. Сначала верните его: «Не спам».", "The conversation was marked as spam. Bring it back first: “Not spam”."))

// ReasonSpam is why a lead is lost whose conversation was put aside. Pages translate it.
const ReasonSpam = "spam"

// PutAside is how a conversation and what it had opened stood before it was put aside as spam.
type PutAside struct {
	State   MergeState    `json:"state"`
	Seq     int64         `json:"seq"`
	Lead    *AsideLead    `json:"lead,omitempty"`    // nil = it had opened none, or it was closed
	Request *AsideRequest `json:"request,omitempty"` // likewise
}

// AsideLead is a lead that was lost with its conversation.
type AsideLead struct {
	ID         pipeline.LeadID `json:"id"`
	StageID    int64           `json:"stage_id"`
	LostReason string          `json:"lost_reason"`
}

// AsideRequest is a request that was closed with its conversation.
type AsideRequest struct {
	ID     pipeline.RequestID     `json:"id"`
	Status pipeline.RequestStatus `json:"status"`
}

// Aside keeps what was put aside as spam.
type Aside interface {
	// PutSpam keeps how a conversation stood, Spam returns it, and DropSpam forgets it.
	PutSpam(ctx context.Context, c ConversationID, was PutAside) error
	Spam(ctx context.Context, c ConversationID) (was PutAside, found bool, err error)
	DropSpam(ctx context.Context, c ConversationID) error
	// OtherConversationOf tells whether a request has a conversation besides one that is no spam.
	OtherConversationOf(ctx context.Context, r pipeline.RequestID, c ConversationID) (bool, error)
	// Pipelines returns all pipelines, and HasOpenLead tells whether a contact has an open lead.
	Pipelines(ctx context.Context) ([]pipeline.Pipeline, error)
	HasOpenLead(ctx context.Context, id contact.ID) (bool, error)
	// HasActiveRequest tells whether a contact has a request that is worked on.
	HasActiveRequest(ctx context.Context, id contact.ID) (bool, error)
}

// Spam tells whether people put the conversation aside.
func (c *Conversation) Spam() bool { return !c.SpamAt.IsZero() }

// spam puts a conversation aside, or brings it back.
func (s *Service) spam(ctx context.Context, e *edit, p *Patch) error {
	switch c := e.c; {
	case p.Spam == nil || *p.Spam == c.Spam():
	case c.MergedInto != 0:
		return ErrMerged
	case *p.Spam:
		if err := s.putAside(ctx, e); err != nil {
			return err
		}
	default:
		if err := s.bringBack(ctx, e); err != nil {
			return err
		}
	}
	if e.c.Spam() && p.moves(e.c) {
		return ErrSpam
	}
	return nil
}

// putAside closes a conversation without a word to anybody, and with it the lead and the
// request that it had opened and that are of no other conversation.
func (s *Service) putAside(ctx context.Context, e *edit) error {
	c := e.c
	if waits, err := s.store.HasUnreleased(ctx, c.ID); err != nil || waits {
		return orMissing(err, errUnreleased)
	}
	was := PutAside{State: stateOf(c), Seq: c.Seq}
	var err error
	if was.Lead, err = s.loseLead(ctx, e); err != nil {
		return err
	}
	if was.Request, err = s.closeRequest(ctx, e); err != nil {
		return err
	}
	if err := s.store.PutSpam(ctx, c.ID, was); err != nil {
		return err
	}
	if c.Status != Closed {
		c.Status, c.ClosedAt = Closed, e.now
	}
	c.SnoozedUntil, c.SpamAt = time.Time{}, e.now
	c.Answered()
	e.enter("spam", map[string]any{"spam": true, "from": was.State.Status})
	return nil
}

func (s *Service) loseLead(ctx context.Context, e *edit) (*AsideLead, error) {
	if e.c.LeadID == 0 {
		return nil, nil
	}
	l, err := s.lead(ctx, e, e.c.LeadID)
	if err != nil || l == nil || l.ConversationID != int64(e.c.ID) || l.Status != pipeline.LeadOpen {
		return nil, err
	}
	list, err := s.store.Pipelines(ctx)
	if err != nil {
		return nil, err
	}
	was := &AsideLead{ID: l.ID, StageID: l.StageID, LostReason: l.LostReason}
	l.Status, l.LostReason = pipeline.LeadLost, ReasonSpam
	for _, p := range list {
		lost := slices.IndexFunc(p.Stages, func(x pipeline.Stage) bool { return x.Kind == pipeline.StageLost })
		if p.ID == l.PipelineID && lost >= 0 {
			l.StageID = p.Stages[lost].ID
		}
	}
	e.ch.Lead(l, "lead.updated", e.cause, e.now)
	return was, nil
}

func (s *Service) closeRequest(ctx context.Context, e *edit) (*AsideRequest, error) {
	if e.c.RequestID == 0 {
		return nil, nil
	}
	r, err := s.request(ctx, e, e.c.RequestID)
	if err != nil || r == nil || r.ConversationID != int64(e.c.ID) || !r.Status.Active() {
		return nil, err
	}
	if shared, err := s.store.OtherConversationOf(ctx, r.ID, e.c.ID); err != nil || shared {
		return nil, err
	}
	was := &AsideRequest{ID: r.ID, Status: r.Status}
	r.Status, r.ResolvedAt = pipeline.RequestClosed, e.now
	e.ch.Request(r, "request.updated", e.cause, e.now)
	return was, nil
}

// bringBack has a conversation stand as it stood before. Who has written meanwhile waits since
// then; where the thread has begun anew it stays closed.
func (s *Service) bringBack(ctx context.Context, e *edit) error {
	c := e.c
	was, found, err := s.store.Spam(ctx, c.ID)
	if err != nil {
		return err
	}
	c.SpamAt = time.Time{}
	if found {
		c.stand(was.State)
		if err := s.store.DropSpam(ctx, c.ID); err != nil {
			return err
		}
		if err := s.wroteAside(ctx, c, was.Seq); err != nil {
			return err
		}
	}
	if c.Status == Snoozed && !c.SnoozedUntil.After(e.now) { // its waking has passed it by
		c.Status, c.SnoozedUntil = Open, time.Time{}
	}
	if c.Status != Closed {
		open, found, err := s.store.OpenConversation(ctx, c.AccountID, c.Chat)
		if err != nil {
			return err
		}
		if found && open.ID != c.ID {
			c.Status, c.ClosedAt, c.SnoozedUntil = Closed, e.now, time.Time{}
			c.Answered()
		}
	}
	e.enter("spam", map[string]any{"spam": false, "to": c.Status})
	if err := s.findLead(ctx, e, was.Lead); err != nil {
		return err
	}
	return s.reopenRequest(ctx, e, was.Request)
}

// wroteAside has a conversation wait for an answer to what its contact wrote while it was aside.
func (s *Service) wroteAside(ctx context.Context, c *Conversation, seen int64) error {
	if c.Seq == seen {
		return nil
	}
	newer, err := s.store.NewerMessages(ctx, c.ID, seen)
	if err != nil {
		return err
	}
	for i := range newer {
		switch m := &newer[i]; {
		case m.Direction == Inbound && m.Nature == "":
			c.Status, c.ClosedAt, c.SnoozedUntil = Open, time.Time{}, time.Time{}
			c.Wait(m.CreatedAt)
		case m.Direction == Outbound && !m.Automatic: // from our phone, as nothing is written here
			c.Answered()
		}
	}
	return nil
}

// findLead opens the lead again that was lost with its conversation, unless somebody has
// touched it since or the contact has another open one.
func (s *Service) findLead(ctx context.Context, e *edit, was *AsideLead) error {
	if was == nil {
		return nil
	}
	l, err := s.lead(ctx, e, was.ID)
	if err != nil || l == nil || l.Status != pipeline.LeadLost || l.LostReason != ReasonSpam {
		return err
	}
	if open, err := s.store.HasOpenLead(ctx, l.ContactID); err != nil || open {
		return err
	}
	l.Status, l.StageID, l.LostReason = pipeline.LeadOpen, was.StageID, was.LostReason
	e.ch.Lead(l, "lead.updated", e.cause, e.now)
	return nil
}

func (s *Service) reopenRequest(ctx context.Context, e *edit, was *AsideRequest) error {
	if was == nil {
		return nil
	}
	r, err := s.request(ctx, e, was.ID)
	if err != nil || r == nil || r.Status != pipeline.RequestClosed {
		return err
	}
	if active, err := s.store.HasActiveRequest(ctx, r.ContactID); err != nil || active { // they asked anew meanwhile
		return err
	}
	r.Status, r.ResolvedAt = was.Status, time.Time{}
	e.ch.Request(r, "request.updated", e.cause, e.now)
	return nil
}
