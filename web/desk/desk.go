package desk

import (
	"context"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/pipeline"
	"parley/router/views"
	"parley/web/letters"
	"parley/web/rest"
)

// Live tells open pages what nobody needs to know later. Package events is one.
type Live interface {
	// Typing says that an agent writes an answer or a note, or has stopped.
	Typing(ctx context.Context, v actor.Viewer, c *inbox.Conversation, kind inbox.MessageKind, gone bool)
	// Viewing says that an agent looks at a conversation, or looks no more.
	Viewing(ctx context.Context, v actor.Viewer, c *inbox.Conversation, gone bool)
	// LabelsChanged says that the list of labels is another one now.
	LabelsChanged()
}

// Deps is what a Desk is made of. Every field is needed.
type Deps struct {
	Inbox    *inbox.Service
	Contacts *contact.Service
	Pipeline *pipeline.Service
	History  *history.Service
	Live     Live
	Files    Files
	Explain  Explain // nil = errors are shown in English
	Used     Used    // nil = nobody counts
	Views    Views   // nil = there are none
}

// Views knows saved views. Package router/views is one.
type Views interface {
	// Where returns what narrows a list to a view that the viewer may use, and its order.
	Where(ctx context.Context, v actor.Viewer, id views.ID) (*inbox.Where, inbox.Sort, error)
}

// Used hears which quick replies a message was sent with.
type Used func(ctx context.Context, v actor.Viewer, quickReplies []int64)

// Files hands out stored bytes. Package files has one.
type Files interface {
	Open(ctx context.Context, f inbox.File) (*rest.Download, error)
}

// Desk declares the operations of this package.
type Desk struct {
	inbox    *inbox.Service
	contacts *contact.Service
	pipeline *pipeline.Service
	history  *history.Service
	live     Live
	files    Files
	cleaner  letters.Cleaner
	explain  Explain
	used     Used
	views    Views
}

// New makes a Desk.
func New(d Deps) *Desk {
	return &Desk{inbox: d.Inbox, contacts: d.Contacts, pipeline: d.Pipeline, history: d.History, live: d.Live, files: d.Files, explain: d.Explain, used: d.Used, views: d.Views}
}

// Declare adds the operations to an API.
func (d *Desk) Declare(api *rest.API) {
	d.declareConversations(api)
	d.declareBeginning(api)
	d.declarePresence(api)
	d.declareDrafts(api)
	d.declareMessages(api)
	d.declareDelivery(api)
	d.declareTimeline(api)
	d.declareOriginal(api)
	d.declareOrigin(api)
	d.declareStopped(api)
	d.declareSuppressions(api)
	d.declareLabels(api)
	d.declareContacts(api)
	d.declareLeads(api)
	d.declareRequests(api)
	d.declareHistory(api)
}

// ByID is embedded in the inputs of operations on one object.
type ByID struct {
	ID rest.ID `path:"id"`
}
