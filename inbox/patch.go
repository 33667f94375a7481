package inbox

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/fault"
)

// Patch is what shall change about a conversation; nil fields stay as they are.
type Patch struct {
	Status       *Status
	Assignee     *AgentID // 0 = nobody
	WasAssignee  *AgentID // whoever else has it by now keeps it; nil = do not check
	Team         *TeamID  // 0 = none
	Priority     *Priority
	Labels       *[]LabelID // the whole set
	AddLabels    []LabelID  // to those that there are, or to the whole set
	RemoveLabels []LabelID
	SnoozedUntil *time.Time // zero = wake up
	Unanswered   *bool      // false = no answer needed; true = one is, since the last inbound message
	Subject      *string
	Spam         *bool               // true = put it aside; false = bring it back
	Pin, Follow  *bool               // for the agent who asks
	Request      *pipeline.RequestID // which it belongs to; 0 = none
	Note         string              // for colleagues, along with the change; "" = none

	Was Was // what else must not have changed since it was seen

	by actor.Viewer // who asks
}

// patchIDs is how many ids a patch may take: one per timeline entry.
const patchIDs = 14

// Patch changes a conversation and returns it as it is then.
func (s *Service) Patch(ctx context.Context, v actor.Viewer, id ConversationID, p Patch) (Row, error) {
	if err := s.checkPatch(&p); err != nil {
		return Row{}, err
	}
	p.by = v
	err := s.store.Write(ctx, func(ctx context.Context) error {
		c, found, err := s.store.LockConversation(ctx, v, id)
		if err != nil || !found {
			return orMissing(err, ErrNoConversation)
		}
		if err := p.overtaken(c); err != nil {
			return err
		}
		if err := s.checkTargets(ctx, v, &p); err != nil {
			return err
		}
		ch := &Changes{}
		now := s.time()
		if err := s.apply(ctx, ch, c, &p, v.Cause, now); err != nil {
			return err
		}
		if err := s.remark(ctx, ch, v, c, p.Note, now); err != nil {
			return err
		}
		return s.store.Save(ctx, ch)
	})
	if err != nil {
		return Row{}, err
	}
	row, found, err := s.store.ConversationRow(ctx, v, id)
	if err == nil && !found { // it left the viewer's sight by this very change
		row, _, err = s.store.ConversationRow(ctx, actor.System(), id)
	}
	return row, err
}

func (s *Service) checkPatch(p *Patch) error {
	var bad fault.Collector
	if p.Status != nil && !slices.Contains([]Status{Open, Pending, Snoozed, Closed}, *p.Status) {
		bad.Add("status", "choice", fault.T("Возможны: open, pending, snoozed, closed.", "One of: open, pending, snoozed, closed."))
	}
	if p.Priority != nil && !slices.Contains([]Priority{Low, Normal, High, Urgent}, *p.Priority) {
		bad.Add("priority", "choice", fault.T("Возможны: low, normal, high, urgent.", "One of: low, normal, high, urgent."))
	}
	if p.Status != nil && *p.Status == Snoozed && (p.SnoozedUntil == nil || p.SnoozedUntil.IsZero()) {
		bad.Add("snoozed_until", "required", fault.T("Укажите, до какого времени отложить.", "Say until when to snooze."))
	}
	if p.Status != nil && *p.Status != Snoozed && p.SnoozedUntil != nil && !p.SnoozedUntil.IsZero() {
		bad.Add("snoozed_until", "not_snoozed", fault.T("Время, до которого отложить, бывает только с состоянием snoozed.", "A time to snooze until goes with the status snoozed alone."))
	} else if p.SnoozedUntil != nil && !p.SnoozedUntil.IsZero() && !p.SnoozedUntil.After(s.time()) {
		bad.Add("snoozed_until", "past", fault.T("Время уже прошло. Выберите будущее.", "This time has passed. Choose one in the future."))
	}
	if p.Subject != nil {
		*p.Subject = contact.Storable(*p.Subject)
		if len([]rune(*p.Subject)) > 500 {
			bad.Add("subject", "too_long", fault.T("Не длиннее 500 знаков.", "At most 500 characters."))
		}
	}
	p.Note = strings.TrimSpace(contact.Storable(p.Note))
	if limit := (channels.TextLimit{Max: maxNote, Unit: channels.UnitRunes}); !limit.Fits(p.Note) {
		bad.Add("note", "too_long", tooLong(limit, p.Note))
	}
	return bad.Err()
}

// remark adds what somebody says to colleagues along with a change.
func (s *Service) remark(ctx context.Context, ch *Changes, v actor.Viewer, c *Conversation, note string, now time.Time) error {
	if note == "" {
		return nil
	}
	_, err := s.add(ctx, ch, v, c, &Answer{Kind: KindNote, Text: note}, now)
	return err
}

// checkTargets refuses agents, teams and labels that do not exist, and requests that the viewer may not see.
func (s *Service) checkTargets(ctx context.Context, v actor.Viewer, p *Patch) error {
	if p.Assignee != nil && *p.Assignee != 0 {
		if ok, err := s.store.Assignable(ctx, *p.Assignee); err != nil || !ok {
			return orMissing(err, fault.InvalidField("assignee_id", "unknown", fault.T("Такого сотрудника нет или он отключён.", "There is no such agent, or the agent is disabled.")))
		}
	}
	if p.Team != nil && *p.Team != 0 {
		if ok, err := s.store.TeamExists(ctx, *p.Team); err != nil || !ok {
			return orMissing(err, fault.InvalidField("team_id", "unknown", fault.T("Такой группы нет.", "There is no such team.")))
		}
	}
	if p.Labels != nil {
		slices.Sort(*p.Labels)
		*p.Labels = slices.Compact(*p.Labels)
	}
	if p.Request != nil && *p.Request != 0 {
		if _, found, err := s.store.Request(ctx, v, *p.Request); err != nil || !found {
			return orMissing(err, fault.InvalidField("request_id", "unknown", fault.T("Такого обращения нет или оно вам не видно.", "There is no such request, or you may not see it.")))
		}
	}
	if known := p.named(); len(known) > 0 {
		if ok, err := s.store.KnownLabels(ctx, known); err != nil || !ok {
			return orMissing(err, fault.InvalidField("labels", "unknown", fault.T("Одной из меток нет.", "One of the labels does not exist.")))
		}
	}
	return nil
}

// named returns the labels that a conversation shall have.
func (p *Patch) named() []LabelID {
	named := slices.Clone(p.AddLabels)
	if p.Labels != nil {
		named = append(named, *p.Labels...)
	}
	slices.Sort(named)
	return slices.Compact(named)
}

// labels returns the set of labels that a patch makes of what there was.
func (p *Patch) labels(before []LabelID) []LabelID {
	set := slices.Clone(before)
	if p.Labels != nil {
		set = slices.Clone(*p.Labels)
	}
	set = append(set, p.AddLabels...)
	set = slices.DeleteFunc(set, func(l LabelID) bool { return slices.Contains(p.RemoveLabels, l) })
	slices.Sort(set)
	return slices.Compact(set)
}

// apply changes the locked conversation and what is linked to it.
func (s *Service) apply(ctx context.Context, ch *Changes, c *Conversation, p *Patch, cause actor.Cause, now time.Time) error {
	ids, err := s.store.NextIDs(ctx, patchIDs)
	if err != nil {
		return err
	}
	if c.MergedInto != 0 && p.moves(c) {
		return ErrMerged
	}
	e := newEdit(ch, c, cause, now, ids)
	was := c.Sight()
	if err := s.spam(ctx, e, p); err != nil {
		return err
	}
	if err := s.mayReopen(ctx, c, p); err != nil {
		return err
	}
	if err := s.watch(ctx, e, p); err != nil {
		return err
	}
	if err := s.belong(ctx, e, p); err != nil {
		return err
	}
	closed := c.Status == Closed
	e.status(p)
	waits, err := s.waits(ctx, c, p, closed)
	if err != nil {
		return err
	}
	e.holder(p)
	if p.Priority != nil && *p.Priority != c.Priority {
		e.enter("priority", map[string]any{"from": c.Priority, "to": *p.Priority})
		c.Priority = *p.Priority
	}
	if err := e.wait(waits); err != nil {
		return err
	}
	if p.Subject != nil && *p.Subject != c.Subject {
		c.Subject = *p.Subject
		e.dirty = true
	}
	if p.Labels != nil || len(p.AddLabels)+len(p.RemoveLabels) > 0 {
		before, err := s.store.LabelsOf(ctx, c.ID)
		if err != nil {
			return err
		}
		if after := p.labels(before); !slices.Equal(before, after) {
			ch.Labels = append(ch.Labels, LabelSet{ConversationID: c.ID, Labels: after})
			e.enter("label", map[string]any{"from": texts(before), "to": texts(after)})
		}
	}
	if !e.dirty && len(ch.NewMessages) == 0 && len(ch.Messages) == 0 {
		return nil
	}
	ch.Conversation(c, cause, now)
	if is := c.Sight(); is != was {
		ch.Moved(c, was, cause, now)
		return s.follow(ctx, e, was)
	}
	return nil
}

// moves tells whether a patch changes where a conversation stands in the work: one that
// became part of another stands where that one does.
func (p *Patch) moves(c *Conversation) bool {
	return p.Status != nil && *p.Status != c.Status || p.SnoozedUntil != nil && !p.SnoozedUntil.IsZero() ||
		p.Unanswered != nil && *p.Unanswered != c.Unanswered
}

// mayReopen refuses to take a conversation out of its closing while a later episode of
// its thread is open: a thread has one open conversation at most.
func (s *Service) mayReopen(ctx context.Context, c *Conversation, p *Patch) error {
	if c.Status != Closed || (p.Status == nil || *p.Status == Closed) && (p.SnoozedUntil == nil || p.SnoozedUntil.IsZero()) {
		return nil
	}
	other, found, err := s.store.OpenConversation(ctx, c.AccountID, c.Chat)
	if err != nil || !found || other.ID == c.ID {
		return err
	}
	return ErrThreadOpen
}

func (e *edit) status(p *Patch) {
	c := e.c
	to := c.Status
	if p.Status != nil {
		to = *p.Status
	}
	if p.SnoozedUntil != nil {
		switch {
		case !p.SnoozedUntil.IsZero(): // the status says the same, or nothing
			to = Snoozed
		case c.Status == Snoozed && p.Status == nil:
			to = Open
		}
	}
	if to == Snoozed && p.SnoozedUntil != nil && !p.SnoozedUntil.Equal(c.SnoozedUntil) {
		c.SnoozedUntil = p.SnoozedUntil.UTC().Truncate(time.Microsecond)
		e.ch.FollowUps = append(e.ch.FollowUps, FollowUp{Kind: JobWake, Key: jobKey(c.ID), Payload: strconv.FormatInt(int64(c.ID), 10), Due: c.SnoozedUntil})
		e.dirty = true
	}
	if to == c.Status {
		return
	}
	data := map[string]any{"from": c.Status, "to": to}
	if to == Snoozed {
		data["until"] = c.SnoozedUntil
	} else {
		c.SnoozedUntil = time.Time{}
	}
	e.enter("status", data)
	c.Status, c.ClosedAt = to, time.Time{}
	if to == Closed {
		c.ClosedAt = e.now
		c.Answered()
	}
}

// wait takes the conversation out of the queue of those that want an answer, or puts it
// back, which undoes the former and a close.
func (e *edit) wait(want *bool) error {
	c := e.c
	if want == nil || *want == c.Unanswered {
		return nil
	}
	if !*want {
		c.Answered()
		e.enter("answered", map[string]any{"no_answer_needed": true})
		return nil
	}
	switch {
	case c.Status == Closed:
		return fault.InvalidField("unanswered", "closed", fault.T("Закрытый диалог ответа не ждёт. Сначала откройте его.", "A closed conversation waits for no answer. Reopen it first."))
	case c.LastInboundAt.IsZero():
		return fault.InvalidField("unanswered", "nothing_asked", fault.T("Клиент ещё ничего не написал.", "The contact has not written anything yet."))
	}
	c.Wait(c.LastInboundAt)
	e.enter("answered", map[string]any{"no_answer_needed": false})
	return nil
}

func (e *edit) holder(p *Patch) {
	c := e.c
	if p.Team != nil && *p.Team != c.TeamID {
		e.enter("team", map[string]any{"from": text(int64(c.TeamID)), "to": text(int64(*p.Team))})
		c.TeamID = *p.Team
	}
	if p.Assignee != nil && *p.Assignee != c.AssigneeID {
		e.enter("assignment", map[string]any{"from": text(int64(c.AssigneeID)), "to": text(int64(*p.Assignee))})
		c.AssigneeID = *p.Assignee
	}
}

// text renders an id for people and programs; none is null.
func text(id int64) any {
	if id == 0 {
		return nil
	}
	return strconv.FormatInt(id, 10)
}

func texts(ids []LabelID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = strconv.FormatInt(int64(id), 10)
	}
	return out
}

// Wake brings a snoozed conversation back when its time has come. It is the handler
// of JobWake and runs inside the job's transaction.
func (s *Service) Wake(ctx context.Context, payload string) error {
	id, err := strconv.ParseInt(payload, 10, 64)
	if err != nil {
		return err
	}
	c, found, err := s.store.LockConversation(ctx, actor.System(), ConversationID(id))
	if err != nil || !found {
		return err
	}
	now := s.time()
	if c.Status != Snoozed || c.SnoozedUntil.After(now) {
		return nil
	}
	ch := &Changes{}
	open := Open
	if err := s.apply(ctx, ch, c, &Patch{Status: &open}, actor.Cause{Kind: actor.Clock}, now); err != nil {
		return err
	}
	return s.store.Save(ctx, ch)
}
