package intake_test

import (
	"encoding/json"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
	"parley/router/rules"
)

func condition(t *testing.T, text string) (c rules.Condition) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestRulesOfIntake puts one message through a decision under rules of its account.
func TestRulesOfIntake(t *testing.T) {
	t.Parallel()
	spam := condition(t, `{"field": "message.text", "op": "contains", "value": "casino"}`)
	sales := condition(t, `{"field": "message.text", "op": "contains", "value": "offer"}`)
	vip := condition(t, `{"all": [{"field": "sender.address", "op": "equals", "value": "vip"}, {"field": "contact.known", "op": "equals", "value": false}]}`)
	book := intake.NewRulebook([]intake.Rule{
		{ID: 3, AccountID: 1, Enabled: true, Position: 9, Then: intake.Then{RequestType: "claim"}},
		{ID: 1, AccountID: 1, Enabled: true, Position: 1, Conditions: spam, Then: intake.Then{Ignore: true}},
		{ID: 2, AccountID: 1, Enabled: true, Position: 2, Conditions: vip, Then: intake.Then{Team: 10, Assignee: 5, Priority: inbox.Urgent, NoLead: true, NoRequest: true}},
		{ID: 6, AccountID: 1, Enabled: true, Position: 3, Conditions: sales, Then: intake.Then{Reject: "No offers, please."}},
		{ID: 4, AccountID: 1, Enabled: false, Position: 0, Then: intake.Then{Ignore: true}},
		{ID: 5, AccountID: 2, Enabled: true, Position: 0, Then: intake.Then{Ignore: true}},
	})
	for name, c := range map[string]struct {
		sender, text string
		historic     bool
		kind         channels.OutcomeKind
		priority     inbox.Priority
		leads        int
		requests     []string // their types
	}{
		"the first that fits ignores": {sender: "vip", text: "Casino!", kind: channels.OutcomeIgnored},
		"an unwanted one":             {sender: "ann", text: "an offer for you", kind: channels.OutcomeRejected, priority: inbox.Normal},
		"a wanted person":             {sender: "vip", text: "hello", kind: channels.OutcomeMessage, priority: inbox.Urgent},
		"anybody else":                {sender: "ann", text: "hello", kind: channels.OutcomeMessage, priority: inbox.Normal, leads: 1, requests: []string{"claim"}},
		"history is not asked about":  {sender: "ann", text: "casino", historic: true, kind: channels.OutcomeHistoric, priority: inbox.Normal},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			policy := intake.DefaultPolicy()
			policy.Rules = book
			ev := channels.Event{
				Key: "k", Direction: channels.Inward, Chat: c.sender, Sender: channels.Sender{Scope: "visitor", Address: c.sender},
				Message: &channels.Message{Text: c.text}, Historic: c.historic,
			}
			ch, out := intake.Decide([]intake.Arrival{{AccountID: 1, Event: ev}}, w.state(), policy, &supply{w: w})
			if out[0].Kind != c.kind {
				t.Fatalf("outcome %s", out[0].Kind)
			}
			if len(ch.Received) != 1 {
				t.Error("the log of events does not know it")
			}
			if c.kind == channels.OutcomeIgnored {
				if len(ch.Contacts)+len(ch.Conversations)+len(ch.NewMessages)+len(ch.Timeline) != 0 {
					t.Errorf("something was opened: %+v", ch)
				}
				return
			}
			conv := ch.Conversations[0]
			rejected := c.kind == channels.OutcomeRejected
			if rejected != (conv.Status == inbox.Closed && !conv.Unanswered && !c.historic) || rejected != (len(ch.FollowUps) == 1) {
				t.Errorf("status %s, waits %v, %d jobs", conv.Status, conv.Unanswered, len(ch.FollowUps))
			}
			if conv.Priority != c.priority || len(ch.Leads) != c.leads || len(ch.Requests) != len(c.requests) {
				t.Errorf("priority %s, %d leads, %d requests", conv.Priority, len(ch.Leads), len(ch.Requests))
			}
			if c.priority == inbox.Urgent && (conv.TeamID != 10 || conv.AssigneeID != 5) {
				t.Errorf("team %d, assignee %d", conv.TeamID, conv.AssigneeID)
			}
			for i, typ := range c.requests {
				if ch.Requests[i].Type != typ {
					t.Errorf("request of type %s", ch.Requests[i].Type)
				}
			}
		})
	}
}
