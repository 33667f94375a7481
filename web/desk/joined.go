package desk

import (
	"context"
	"net/http"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/web/rest"
)

func (d *Desk) declareJoined(api *rest.API) {
	read, write := rest.Read("conversations"), rest.Write("conversations")
	rest.Add(api, rest.Op{ID: "merge-conversation", Method: http.MethodPost, Path: "/conversations/{id}/merge", Need: write, Summary: "Make another conversation part of this one"}, d.mergeConversation)
	rest.Add(api, rest.Op{ID: "unmerge-conversation", Method: http.MethodPost, Path: "/conversations/unmerge", Need: write, Summary: "Take merged conversations apart again"}, d.unmergeConversation)
	rest.Add(api, rest.Op{ID: "list-joined-conversations", Method: http.MethodGet, Path: "/conversations/{id}/joined", Need: read, Summary: "List the conversations that became part of this one"}, d.listJoined)
}

type mergeConversation struct {
	ByID
	Body struct {
		ConversationID rest.ID `json:"conversation_id" doc:"What goes into the one that the address names. It must be with the same contact."`
	}
}

func (d *Desk) mergeConversation(ctx context.Context, who rest.Caller, in *mergeConversation) (*rest.Body[Merged], error) {
	id, err := d.inbox.Merge(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), rest.Num[inbox.ConversationID](in.Body.ConversationID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(Merged{MergeID: rest.IDOf(id)}), nil
}

type unmergeConversation struct {
	Body struct {
		MergeID rest.ID `json:"merge_id"`
	}
}

// Unmerged names the two conversations that a merge had joined.
type Unmerged struct {
	KeptID rest.ID `json:"kept_id"`
	GoneID rest.ID `json:"gone_id"`
}

func (d *Desk) unmergeConversation(ctx context.Context, who rest.Caller, in *unmergeConversation) (*rest.Body[Unmerged], error) {
	m, err := d.inbox.Unmerge(ctx, who.Viewer, rest.Num[inbox.MergeID](in.Body.MergeID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(Unmerged{KeptID: rest.IDOf(m.Kept), GoneID: rest.IDOf(m.Gone)}), nil
}

// JoinedConversation is a conversation that has become part of another one.
type JoinedConversation struct {
	ID          rest.ID       `json:"id"`
	Number      int64         `json:"number"`
	AccountKind channels.Kind `json:"account_kind"`
	Subject     string        `json:"subject"`
	Messages    int64         `json:"messages" doc:"How many it has of its own."`
	MergeID     rest.Ref      `json:"merge_id" doc:"null where it cannot be taken apart again."`
	At          time.Time     `json:"at"`
}

func (d *Desk) listJoined(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[rest.Page[JoinedConversation]], error) {
	list, err := d.inbox.Joined(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.List(list, "", func(j inbox.Joined) JoinedConversation {
		return JoinedConversation{ID: rest.IDOf(j.ID), Number: j.Number, AccountKind: j.AccountKind, Subject: j.Subject, Messages: j.Seq, MergeID: rest.RefOf(j.MergeID), At: rest.Time(j.At)}
	}), nil
}
