package links

import (
	"context"
	"net/http"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/internal/auth"
	"parley/web/rest"
)

// ReceivedEvent is one event that came in.
type ReceivedEvent struct {
	ID             rest.ID              `json:"id"`
	Key            channels.EventKey    `json:"key" doc:"Equal on every redelivery."`
	At             time.Time            `json:"at"`
	Outcome        channels.OutcomeKind `json:"outcome" doc:"What became of it: message, reply, receipt, echo, duplicate, quarantined and so on."`
	MessageID      rest.Ref             `json:"message_id"`
	ConversationID rest.Ref             `json:"conversation_id"`
	Error          string               `json:"error" doc:"Why it lies in quarantine, or what to set otherwise where it opened nothing and should have; in the caller's language."`
}

func (l *Links) showReceived(who rest.Caller) func(inbox.ReceivedEvent) ReceivedEvent {
	return func(r inbox.ReceivedEvent) ReceivedEvent {
		out := ReceivedEvent{
			ID: rest.IDOf(r.ID), Key: r.Key, At: rest.Time(r.At), Outcome: r.Outcome,
			MessageID: rest.RefOf(r.MessageID), ConversationID: rest.RefOf(r.ConversationID),
		}
		if r.Error != "" {
			out.Error = l.inOtherWords(who, r.AccountID, accounts.Problem{Code: channels.CodeProblem, Text: r.Error})
		}
		return out
	}
}

// usualPage is how long a page of the log is when nobody says.
const usualPage = 50

func orUsual(limit int) int {
	if limit == 0 {
		return usualPage
	}
	return limit
}

// operators look after accounts.
var operators = []auth.Role{auth.RoleAdmin, auth.RoleLead}

func (l *Links) declareReceived(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-received", Method: http.MethodGet, Path: "/accounts/{id}/received", Need: rest.Read("accounts").For(operators...),
		Summary: "Every event that came in for an account, newest first",
	}, func(ctx context.Context, who rest.Caller, in *struct {
		ByAccount
		rest.Paging
	}) (*rest.Body[rest.Page[ReceivedEvent]], error) {
		if _, err := l.accounts.Get(ctx, who.Viewer, in.account()); err != nil {
			return nil, err
		}
		items, next, err := l.log.Received(ctx, who.Viewer, in.account(), in.Cursor, orUsual(in.Limit))
		if err != nil {
			return nil, err
		}
		return rest.List(items, next, l.showReceived(who)), nil
	})
}
