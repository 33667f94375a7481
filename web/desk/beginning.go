package desk

import (
	"context"
	"net/http"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/internal/fault"
	"parley/web/rest"
)

func (d *Desk) declareBeginning(api *rest.API) {
	rest.Add(api, rest.Op{ID: "begin-conversation", Method: http.MethodPost, Path: "/conversations", Need: rest.Write("conversations"), Status: http.StatusCreated,
		Summary: "Write first, where the channel allows it"}, d.begin)
}

type beginConversation struct {
	Body struct {
		AccountID rest.ID             `json:"account_id"`
		ContactID rest.Maybe[rest.ID] `json:"contact_id" required:"false" doc:"Or address."`
		Address   string              `json:"address" required:"false" maxLength:"500" doc:"Of somebody known or not."`
		Subject   string              `json:"subject" required:"false" maxLength:"500"`
		Message   NewMessage          `json:"message"`
	}
}

func (d *Desk) begin(ctx context.Context, who rest.Caller, in *beginConversation) (*rest.Body[Conversation], error) {
	b := inbox.Beginning{
		AccountID: rest.Num[channels.AccountID](in.Body.AccountID), ContactID: rest.Num[contact.ID](in.Body.ContactID.Value),
		Address: in.Body.Address, Subject: in.Body.Subject, Answer: answer(who, &in.Body.Message),
	}
	if b.ContactID == 0 && b.Address == "" {
		return nil, fault.InvalidField("address", "required", fault.T("Укажите contact_id или address.", "Give contact_id or address."))
	}
	if err := filledIn(&in.Body.Message); err != nil {
		return nil, err
	}
	row, err := d.inbox.Begin(ctx, who.Viewer, b)
	if err != nil {
		return nil, err
	}
	d.count(ctx, who, &in.Body.Message)
	return rest.Reply(ShowConversation(row)), nil
}
