package desk

import (
	"context"
	"net/http"

	"parley/inbox"
	"parley/internal/fault"
	"parley/web/rest"
)

func (d *Desk) declareBulk(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "change-conversations", Method: http.MethodPost, Path: "/conversations/bulk", Need: rest.Write("conversations"),
		Summary: "Change many conversations at once, each by itself",
	}, d.changeConversations)
}

// BulkChange is one change of several conversations.
type BulkChange struct {
	IDs []rest.ID `json:"ids" minItems:"1" maxItems:"200"`
	ConversationPatch
}

type changeConversations struct {
	Body struct {
		Changes []BulkChange `json:"changes" minItems:"1" maxItems:"200" doc:"At most 200 conversations in all."`
	}
}

// BulkChanged is what became of each conversation.
type BulkChanged struct {
	Items  []Conversation `json:"items" doc:"As they are now."`
	Failed []BulkFailure  `json:"failed"`
}

// BulkFailure is a conversation that stayed as it was.
type BulkFailure struct {
	ID     rest.ID `json:"id"`
	Code   string  `json:"code"`
	Detail string  `json:"detail" doc:"A sentence for a person, in the caller's language."`
}

func (d *Desk) changeConversations(ctx context.Context, who rest.Caller, in *changeConversations) (*rest.Body[BulkChanged], error) {
	changes := make([]inbox.BulkChange, len(in.Body.Changes))
	for n := range in.Body.Changes {
		b := &in.Body.Changes[n]
		p, err := b.patch()
		if err != nil {
			return nil, err
		}
		changes[n] = inbox.BulkChange{IDs: rest.Nums[inbox.ConversationID](b.IDs), Patch: p}
	}
	done, failed, err := d.inbox.Bulk(ctx, who.Viewer, changes)
	if err != nil {
		return nil, err
	}
	return rest.Reply(BulkChanged{Items: rest.Map(done, ShowConversation), Failed: rest.Map(failed, func(f inbox.BulkFailure) BulkFailure {
		return BulkFailure{ID: rest.IDOf(f.ID), Code: f.Err.Code, Detail: sentence(f.Err).In(who.Language)}
	})}), nil
}

// sentence is what to tell a person of a refusal: that of its first field where it has some.
func sentence(f *fault.Error) fault.Text {
	if len(f.Fields) > 0 {
		return f.Fields[0].Text
	}
	return f.Text
}
