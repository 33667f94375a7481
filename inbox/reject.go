package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"parley/inbox/actor"
	"parley/internal/fault"
)

// JobReject is the kind of job that tells somebody that what they wrote was rejected; app
// routes it to Service.Reject.
const JobReject = "conversation.reject"

// Rejection is what a rule of intake lets somebody know.
type Rejection struct {
	Conversation ConversationID `json:"conversation"`
	Rule         int64          `json:"rule"`
	Name         string         `json:"name"` // of the rule
	Text         string         `json:"text"`
}

// RejectFollowUp is the job that answers in a conversation.
func RejectFollowUp(c ConversationID, r Rejection, now time.Time) FollowUp {
	r.Conversation = c
	payload, err := json.Marshal(r)
	if err != nil { // texts and numbers always become JSON
		payload = []byte("{}")
	}
	return FollowUp{Kind: JobReject, Key: jobKey(c), Payload: string(payload), Due: now}
}

// Reject sends the text of a rejection, as a machine's answer: under the guards of those,
// so once a day, and to no machine. The conversation stays closed. What keeps the text from
// being sent is told in the timeline. It runs inside the job's transaction.
func (s *Service) Reject(ctx context.Context, payload string) error {
	var r Rejection
	if err := json.Unmarshal([]byte(payload), &r); err != nil {
		return fmt.Errorf("read rejection: %w", err)
	}
	v := actor.Viewer{Scope: actor.All, Cause: actor.Cause{Kind: actor.Rule, ID: r.Rule, Depth: 1}, Name: r.Name}
	row, err := s.Get(ctx, v, r.Conversation)
	for hops := 0; hops < 10 && err == nil && row.MergedInto != 0; hops++ {
		row, err = s.Get(ctx, v, row.MergedInto)
	}
	if errors.Is(err, ErrNoConversation) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = s.Write(ctx, v, row.ID, Answer{Kind: KindMessage, Text: r.Text, Automatic: row.AccountKind == "email"})
	refusal, refused := fault.As(err)
	if !refused {
		return err
	}
	text := refusal.Text
	if len(refusal.Fields) > 0 {
		text = refusal.Fields[0].Text
	}
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return err
	}
	ch, now := &Changes{}, s.time()
	ch.Enter(ids[0], row.ID, "intake_rule", v.Cause, now, map[string]any{
		"rule_id": strconv.FormatInt(r.Rule, 10), "name": r.Name, "rejected": true, "unsent": map[string]string{"ru": text.RU, "en": text.EN, "ar": text.In("ar")},
	})
	ch.Renew(row.ID, v.Cause, now)
	return s.store.Save(ctx, ch)
}
