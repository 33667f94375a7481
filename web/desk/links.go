package desk

import (
	"context"
	"net/http"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/web/rest"
)

func (d *Desk) declareLinks(api *rest.API) {
	const path = "/conversations/{id}/links"
	read, write := rest.Read("conversations"), rest.Write("conversations")
	rest.Add(api, rest.Op{ID: "list-conversation-links", Method: http.MethodGet, Path: path, Need: read, Summary: "List the conversations that belong together with this one"}, d.listLinks)
	rest.Add(api, rest.Op{ID: "link-conversation", Method: http.MethodPost, Path: path, Need: write, Summary: "Say that another conversation belongs together with this one"}, d.linkConversation)
	rest.Add(api, rest.Op{ID: "unlink-conversation", Method: http.MethodDelete, Path: path + "/{other}", Need: write, Summary: "Take such a link back"}, d.unlinkConversation)
}

// LinkedConversation is a conversation that belongs together with another one.
type LinkedConversation struct {
	ID          rest.ID       `json:"id"`
	Number      int64         `json:"number"`
	AccountKind channels.Kind `json:"account_kind"`
	ContactName string        `json:"contact_name"`
	Subject     string        `json:"subject"`
	Status      inbox.Status  `json:"status" enum:"open,pending,snoozed,closed"`
	Spam        bool          `json:"spam"`
	At          time.Time     `json:"at" doc:"When they were linked."`
}

func (d *Desk) listLinks(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[rest.Page[LinkedConversation]], error) {
	list, err := d.inbox.Links(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.List(list, "", func(l inbox.Linked) LinkedConversation {
		return LinkedConversation{
			ID: rest.IDOf(l.ID), Number: l.Number, AccountKind: l.AccountKind, ContactName: l.ContactName, Subject: l.Subject, Status: l.Status, Spam: l.Spam, At: rest.Time(l.At),
		}
	}), nil
}

type linkConversation struct {
	ByID
	Body struct {
		ConversationID rest.ID `json:"conversation_id"`
	}
}

func (d *Desk) linkConversation(ctx context.Context, who rest.Caller, in *linkConversation) (*rest.None, error) {
	return nil, d.inbox.Link(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), rest.Num[inbox.ConversationID](in.Body.ConversationID))
}

type unlinkConversation struct {
	ByID
	Other rest.ID `path:"other"`
}

func (d *Desk) unlinkConversation(ctx context.Context, who rest.Caller, in *unlinkConversation) (*rest.None, error) {
	return nil, d.inbox.Unlink(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), rest.Num[inbox.ConversationID](in.Other))
}
