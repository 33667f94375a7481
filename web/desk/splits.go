package desk

import (
	"context"
	"net/http"

	"parley/inbox"
	"parley/web/rest"
)

func (d *Desk) declareSplits(api *rest.API) {
	write := rest.Write("conversations")
	rest.Add(api, rest.Op{ID: "split-conversation", Method: http.MethodPost, Path: "/conversations/{id}/split", Need: write, Status: http.StatusCreated, Summary: "Make a message and all after it a conversation of their own"}, d.splitConversation)
	rest.Add(api, rest.Op{ID: "unsplit-conversation", Method: http.MethodPost, Path: "/conversations/unsplit", Need: write, Summary: "Make split conversations one again"}, d.unsplitConversation)
}

type splitConversation struct {
	ByID
	Body struct {
		MessageID rest.ID            `json:"message_id" doc:"The first one of the new conversation."`
		Subject   rest.Maybe[string] `json:"subject" required:"false" maxLength:"500" doc:"Of the new conversation; without one it keeps the subject."`
		Request   rest.Maybe[bool]   `json:"request" required:"false" doc:"Whether a request of its own is made for it; true unless said. A closed conversation gets none."`
	}
}

// SplitConversation is the new conversation, and what takes the split back.
type SplitConversation struct {
	SplitID      rest.ID      `json:"split_id"`
	Conversation Conversation `json:"conversation"`
}

func (d *Desk) splitConversation(ctx context.Context, who rest.Caller, in *splitConversation) (*rest.Body[SplitConversation], error) {
	how := inbox.Splitting{Message: rest.Num[inbox.MessageID](in.Body.MessageID), Subject: in.Body.Subject.Ptr(), Request: true}
	if in.Body.Request.Set && !in.Body.Request.Null {
		how.Request = in.Body.Request.Value
	}
	id, row, err := d.inbox.Split(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), how)
	if err != nil {
		return nil, err
	}
	return rest.Reply(SplitConversation{SplitID: rest.IDOf(id), Conversation: ShowConversation(row)}), nil
}

type unsplitConversation struct {
	Body struct {
		SplitID rest.ID `json:"split_id"`
	}
}

func (d *Desk) unsplitConversation(ctx context.Context, who rest.Caller, in *unsplitConversation) (*rest.Body[Unmerged], error) {
	sp, err := d.inbox.Unsplit(ctx, who.Viewer, rest.Num[inbox.SplitID](in.Body.SplitID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(Unmerged{KeptID: rest.IDOf(sp.Kept), GoneID: rest.IDOf(sp.New)}), nil
}
