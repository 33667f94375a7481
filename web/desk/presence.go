package desk

import (
	"context"
	"net/http"

	"parley/inbox"
	"parley/web/rest"
)

// declarePresence declares what an agent's page tells while it is open.
func (d *Desk) declarePresence(api *rest.API) {
	need := rest.Write("conversations")
	rest.Add(api, rest.Op{ID: "read-conversation", Method: http.MethodPost, Path: "/conversations/{id}/read", Need: need, Summary: "Note how far one has read"}, d.markRead)
	rest.Add(api, rest.Op{ID: "type-in-conversation", Method: http.MethodPost, Path: "/conversations/{id}/typing", Need: need, Summary: "Tell that one is writing"}, d.typing)
	rest.Add(api, rest.Op{ID: "view-conversation", Method: http.MethodPost, Path: "/conversations/{id}/viewing", Need: need, Summary: "Tell that one is looking; repeat every 20 s"}, d.viewing)
}

type readConversation struct {
	ByID
	Body struct {
		Seq int64 `json:"seq" minimum:"0"`
	}
}

func (d *Desk) markRead(ctx context.Context, who rest.Caller, in *readConversation) (*rest.None, error) {
	return nil, d.inbox.MarkRead(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), in.Body.Seq)
}

type typeInConversation struct {
	ByID
	Body struct {
		Kind string `json:"kind" required:"false" enum:"reply,note"`
		Gone bool   `json:"gone" required:"false" doc:"One has stopped."`
	}
}

func (d *Desk) typing(ctx context.Context, who rest.Caller, in *typeInConversation) (*rest.None, error) {
	row, err := d.inbox.Get(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
	if err != nil {
		return nil, err
	}
	d.live.Typing(ctx, who.Viewer, &row.Conversation, kindOf(in.Body.Kind), in.Body.Gone)
	return nil, nil
}

type viewConversation struct {
	ByID
	Body *struct {
		Gone bool `json:"gone" required:"false" doc:"One looks no more."`
	}
}

func (d *Desk) viewing(ctx context.Context, who rest.Caller, in *viewConversation) (*rest.None, error) {
	row, err := d.inbox.Get(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
	if err != nil {
		return nil, err
	}
	d.live.Viewing(ctx, who.Viewer, &row.Conversation, in.Body != nil && in.Body.Gone)
	return nil, nil
}
