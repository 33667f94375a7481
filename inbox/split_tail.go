package inbox

import (
	"context"
	"strconv"
	"time"

	"parley/inbox/actor"
	"parley/inbox/pipeline"
)

// splitter is one split while it is made.
type splitter struct {
	*Service
	v       actor.Viewer
	how     Splitting
	mail    bool
	number  int64 // of the new conversation
	request int64 // of its request
	ids     []int64
	last    MessageID // that stayed
}

// split makes the second part and moves what belongs to it.
func (w *splitter) split(ctx context.Context, c *Conversation, first *Message) error {
	now, after := w.time(), first.Seq-1
	sp := Split{ID: SplitID(w.ids[0]), Kept: c.ID, New: ConversationID(w.ids[1]), After: after, Cause: w.v.Cause, At: now}
	sp.Before.Kept = stateOf(c)
	waited := c.WaitingSince
	part := w.part(c, first, now)
	if err := w.store.MoveTail(ctx, c.ID, part.ID, after); err != nil {
		return err
	}
	if err := w.sum(ctx, c, part); err != nil {
		return err
	}
	ch := &Changes{}
	if !w.mail && c.Status != Closed { // a chat has one open conversation
		c.Status, c.ClosedAt, c.SnoozedUntil = Closed, now, time.Time{}
		c.Answered()
	}
	if err := w.people(ctx, ch, c, part, now); err != nil {
		return err
	}
	if w.how.Request && part.Status != Closed {
		sp.Before.Request = w.open(ch, c, part, now)
	}
	if part.Status == Snoozed {
		ch.FollowUps = append(ch.FollowUps, FollowUp{Kind: JobWake, Key: jobKey(part.ID), Payload: strconv.FormatInt(int64(part.ID), 10), Due: part.SnoozedUntil})
	}
	sp.Before.Last, sp.Before.Left, sp.Before.New = w.last, stateOf(c), stateOf(part)
	ch.Conversation(c, w.v.Cause, now)
	ch.Conversation(part, w.v.Cause, now) // it is not created: nobody greets a client whose talk was split
	ch.notice(MessagesMoved, int64(part.ID), part.ID, w.v.Cause, now)
	ch.Enter(w.ids[2], c.ID, "split", w.v.Cause, now, map[string]any{"number": part.Number, "conversation_id": text(int64(part.ID)), "split_id": text(int64(sp.ID)), "seq": first.Seq})
	ch.Enter(w.ids[3], part.ID, "split", w.v.Cause, now, map[string]any{"from": c.Number, "conversation_id": text(int64(c.ID)), "split_id": text(int64(sp.ID))})
	if err := w.store.InsertSplit(ctx, sp); err != nil {
		return err
	}
	if err := w.store.Save(ctx, ch); err != nil || w.mail || part.Status == Closed || !goesOn(waited, part.WaitingSince) {
		return err
	}
	return w.store.PassDeadlines(ctx, c.ID, part.ID, part.WaitingSince)
}

// goesOn tells whether what one conversation had to do is to be done in another now: it waits for the same answer, or for none. A
// wait of its own has deadlines of its own.
func goesOn(waited, waits time.Time) bool { return waits.IsZero() || waits.Equal(waited) }

// part is the second part before it has messages: it stands where the first one stood.
func (w *splitter) part(c *Conversation, first *Message, now time.Time) *Conversation {
	part := &Conversation{
		ID: ConversationID(w.ids[1]), Number: w.number, AccountID: c.AccountID, Chat: c.Chat, ContactID: c.ContactID, IdentityID: c.IdentityID,
		Subject: c.Subject, Status: c.Status, SnoozedUntil: c.SnoozedUntil, ClosedAt: c.ClosedAt, Unanswered: c.Unanswered, WaitingSince: c.WaitingSince,
		AssigneeID: c.AssigneeID, TeamID: c.TeamID, Priority: c.Priority, LeadID: c.LeadID, RequestID: c.RequestID, Followed: c.Followed,
		CreatedAt: first.CreatedAt, UpdatedAt: now,
	}
	if !part.CreatedAt.After(c.CreatedAt) { // episodes stand in the order of their beginnings
		part.CreatedAt = c.CreatedAt.Add(time.Microsecond)
	}
	if w.mail { // a thread of its own, which the mails that come along are of
		part.Chat = "split:" + strconv.FormatInt(int64(part.ID), 10)
	}
	if w.how.Subject != nil {
		part.Subject = *w.how.Subject
	}
	return part
}

// sum makes the summaries of both parts anew.
func (w *splitter) sum(ctx context.Context, c, part *Conversation) error {
	waited := c.Unanswered
	for _, x := range []*Conversation{c, part} {
		ends, err := w.store.Ends(ctx, x.ID)
		if err != nil {
			return err
		}
		if x == c && len(ends) > 0 {
			w.last = ends[len(ends)-1].ID
		}
		x.Seq, x.LastText, x.LastDirection, x.LastAuthor, x.AnswerID = 0, "", "", "", 0
		x.LastAt, x.LastInboundAt, x.LastOutboundAt, x.WroteAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
		for i := range ends {
			x.Note(&ends[i])
		}
		if x.LastAt.IsZero() { // only notes: lists are in the order of this time
			x.LastAt = x.CreatedAt
		}
	}
	if !waited {
		return nil
	}
	since, err := w.store.WaitsSince(ctx, part.ID)
	if err != nil {
		return err
	}
	if since.IsZero() && !w.mail { // asked before the border, where it is over: the part that goes on owes the answer
		since = c.WaitingSince
	}
	if part.Answered(); !since.IsZero() {
		part.Wait(since)
	}
	if !since.IsZero() && !c.WaitingSince.Before(since) { // the wait began behind the border
		c.Answered()
	}
	return nil
}

// people gives the second part what colleagues have put on the first: labels, who follows, what
// they have begun to write, and a link between both.
func (w *splitter) people(ctx context.Context, ch *Changes, c, part *Conversation, now time.Time) error {
	labels, err := w.store.LabelsOf(ctx, c.ID)
	if err != nil {
		return err
	}
	if len(labels) > 0 {
		ch.Labels = append(ch.Labels, LabelSet{ConversationID: part.ID, Labels: labels})
	}
	if c.Followed {
		if err := w.store.ShareFollowers(ctx, c.ID, part.ID); err != nil {
			return err
		}
	}
	if err := w.moveDrafts(ctx, part, c, now); err != nil {
		return err
	}
	_, err = w.store.PutLink(ctx, c.ID, part.ID, now)
	return err
}

// open makes a request for the second part.
func (w *splitter) open(ch *Changes, c, part *Conversation, now time.Time) pipeline.RequestID {
	r := &pipeline.Request{
		ID: pipeline.RequestID(w.ids[4]), Number: w.request, ContactID: c.ContactID, ConversationID: int64(part.ID), AccountID: int64(c.AccountID),
		TeamID: int64(c.TeamID), OwnerID: int64(c.AssigneeID), Subject: part.Subject, Type: "question", Priority: string(c.Priority),
		Status: pipeline.RequestOpen, CreatedAt: now,
	}
	part.RequestID = r.ID
	ch.Request(r, "request.created", w.v.Cause, now)
	ch.Enter(w.ids[5], part.ID, "request", w.v.Cause, now, map[string]any{"request_id": text(int64(r.ID)), "number": r.Number})
	return r.ID
}
