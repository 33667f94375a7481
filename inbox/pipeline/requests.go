package pipeline

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/fault"
)

// Requests returns a page of requests, newest first.
func (s *Service) Requests(ctx context.Context, v actor.Viewer, f RequestFilter) (Page[RequestRow], error) {
	f.Limit = clamp(f.Limit)
	return s.store.Requests(ctx, v, f)
}

// Request returns one request.
func (s *Service) Request(ctx context.Context, v actor.Viewer, id RequestID) (RequestRow, error) {
	r, found, err := s.store.Request(ctx, v, id)
	if err == nil && !found {
		err = ErrNoRequest
	}
	return r, err
}

// RequestPatch is what shall change about a request, or stand in a new one; nil
// fields stay as they are.
type RequestPatch struct {
	Status     *RequestStatus
	Type       *string
	Category   *string // "" = not said
	Priority   *string
	OwnerID    *int64     // 0 = nobody
	TeamID     *int64     // 0 = none
	DueAt      *time.Time // zero = none
	Subject    *string
	Resolution *string
	Fields     map[string]json.RawMessage // each given one is set; null removes it
	// Guard, unless nil, is asked under the request's lock whether it may become from was what is.
	Guard func(ctx context.Context, v actor.Viewer, was, is *Request) error
}

// NewRequest is a request made by hand.
type NewRequest struct {
	ContactID      contact.ID // may be 0 where a conversation is given
	ConversationID int64      // 0 = none
	RequestPatch
}

// CreateRequest adds a request with a number of its own.
func (s *Service) CreateRequest(ctx context.Context, v actor.Viewer, n NewRequest) (RequestRow, error) {
	if err := n.check(); err != nil {
		return RequestRow{}, err
	}
	number, err := s.store.NextRequestNumber(ctx)
	if err != nil {
		return RequestRow{}, err
	}
	ids, err := s.store.NextIDs(ctx, 2)
	if err != nil {
		return RequestRow{}, err
	}
	now := s.time()
	var made Request
	err = s.store.Write(ctx, func(ctx context.Context) error {
		at, err := s.place(ctx, v, n.ConversationID, n.ContactID)
		if err != nil {
			return err
		}
		r := &Request{
			ID: RequestID(ids[0]), Number: number, ContactID: at.ContactID, ConversationID: n.ConversationID, AccountID: at.AccountID,
			TeamID: at.TeamID, OwnerID: at.AgentID, Subject: at.Subject, Type: "question", Priority: "normal", Status: RequestOpen, CreatedAt: now,
		}
		if r.OwnerID == 0 {
			r.OwnerID = v.AgentID
		}
		if err := s.applyRequest(ctx, r, &n.RequestPatch); err != nil {
			return err
		}
		made = *r
		data := map[string]any{"request_id": id(r.ID), "number": r.Number}
		return s.store.SaveRequest(ctx, r, Change{New: true, Data: data, EntryID: ids[1], Cause: v.Cause, At: now})
	})
	if err != nil {
		return RequestRow{}, err
	}
	return s.shownRequest(ctx, v, &made)
}

// PatchRequest changes a request and returns it as it is then.
func (s *Service) PatchRequest(ctx context.Context, v actor.Viewer, request RequestID, p RequestPatch) (RequestRow, error) {
	if err := p.check(); err != nil {
		return RequestRow{}, err
	}
	return s.changeRequest(ctx, v, request, func(ctx context.Context, r *Request) error {
		was := *r
		if err := s.applyRequest(ctx, r, &p); err != nil || p.Guard == nil {
			return err
		}
		return p.Guard(ctx, v, &was, r)
	})
}

// changeRequest runs change on the locked request and saves what came of it.
func (s *Service) changeRequest(ctx context.Context, v actor.Viewer, request RequestID, change func(ctx context.Context, r *Request) error) (RequestRow, error) {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return RequestRow{}, err
	}
	var after Request
	err = s.store.Write(ctx, func(ctx context.Context) error {
		r, found, err := s.store.LockRequest(ctx, v, request)
		if err != nil || !found {
			return orMissing(err, ErrNoRequest)
		}
		before := *r
		if err := change(ctx, r); err != nil {
			return err
		}
		after = *r
		return s.store.SaveRequest(ctx, r, Change{Data: requestData(&before, r), EntryID: ids[0], Cause: v.Cause, At: s.time()})
	})
	if err != nil {
		return RequestRow{}, err
	}
	return s.shownRequest(ctx, v, &after)
}

func (p *RequestPatch) check() error {
	var bad fault.Collector
	if p.Status != nil && !slices.Contains([]RequestStatus{RequestOpen, RequestPending, RequestResolved, RequestClosed}, *p.Status) {
		bad.Add("status", "choice", fault.T("Возможны: open, pending, resolved, closed.", "One of: open, pending, resolved, closed."))
	}
	if p.Priority != nil && !slices.Contains([]string{"low", "normal", "high", "urgent"}, *p.Priority) {
		bad.Add("priority", "choice", fault.T("Возможны: low, normal, high, urgent.", "One of: low, normal, high, urgent."))
	}
	line(&bad, "type", p.Type)
	if p.Type != nil && (*p.Type == "" || len([]rune(*p.Type)) > 50) {
		bad.Add("type", "length", fault.T("Тип от 1 до 50 знаков.", "A type of 1 to 50 characters."))
	}
	line(&bad, "category", p.Category)
	if p.Category != nil && len([]rune(*p.Category)) > maxCategory {
		bad.Add("category", "length", fault.T("Категория не длиннее 100 знаков.", "A category of at most 100 characters."))
	}
	line(&bad, "subject", p.Subject)
	line(&bad, "resolution", p.Resolution)
	return bad.Err()
}

func (s *Service) applyRequest(ctx context.Context, r *Request, p *RequestPatch) error {
	if err := s.checkOwner(ctx, p.OwnerID); err != nil {
		return err
	}
	if err := s.checkTeam(ctx, p.TeamID); err != nil {
		return err
	}
	fields, err := merged(r.Fields, p.Fields)
	if err != nil {
		return err
	}
	r.Fields = fields
	set(&r.Type, p.Type)
	set(&r.Category, p.Category)
	set(&r.Priority, p.Priority)
	set(&r.OwnerID, p.OwnerID)
	set(&r.TeamID, p.TeamID)
	set(&r.Subject, p.Subject)
	set(&r.Resolution, p.Resolution)
	if p.DueAt != nil {
		r.DueAt = p.DueAt.UTC().Truncate(time.Microsecond)
	}
	if p.Status != nil && *p.Status != r.Status {
		r.Status = *p.Status
		switch {
		case r.Status.Active():
			r.ResolvedAt = time.Time{}
		case r.ResolvedAt.IsZero():
			r.ResolvedAt = s.time()
		}
	}
	return nil
}

// moment renders a time for timelines; none is null.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC3339)
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// requestData is what the timeline says of a change; nil when it is not worth a line.
func requestData(before, after *Request) map[string]any {
	d := map[string]any{}
	if before.Status != after.Status {
		d["from"], d["to"] = before.Status, after.Status
	}
	if before.Type != after.Type {
		d["from_type"], d["to_type"] = before.Type, after.Type
	}
	if before.Category != after.Category {
		d["from_category"], d["to_category"] = before.Category, after.Category
	}
	if !before.DueAt.Equal(after.DueAt) {
		d["from_due_at"], d["to_due_at"] = moment(before.DueAt), moment(after.DueAt)
	}
	if before.Priority != after.Priority {
		d["from_priority"], d["to_priority"] = before.Priority, after.Priority
	}
	if before.OwnerID != after.OwnerID {
		d["from_owner_id"], d["to_owner_id"] = id(before.OwnerID), id(after.OwnerID)
	}
	if before.TeamID != after.TeamID {
		d["from_team_id"], d["to_team_id"] = id(before.TeamID), id(after.TeamID)
	}
	if len(d) == 0 {
		return nil
	}
	d["request_id"], d["number"] = id(after.ID), after.Number
	return d
}

// shownRequest returns a request as the viewer's page shows it, also when it has just
// left the viewer's sight.
func (s *Service) shownRequest(ctx context.Context, v actor.Viewer, r *Request) (RequestRow, error) {
	row, found, err := s.store.Request(ctx, v, r.ID)
	if err == nil && !found {
		row = RequestRow{Request: *r}
	}
	return row, err
}
