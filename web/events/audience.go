package events

import (
	"slices"
	"strings"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/auth"
	"parley/internal/live"
)

// audience decides who hears of an event.
type audience struct {
	sights   []actor.Sight // who sees one of them hears
	person   bool          // a contact: contact.Visible decides, over its conversations' sights
	owner    int64         // of the contact
	account  channels.AccountID
	everyone bool
	only     int64 // an agent: nobody else hears
	members  int64 // of a team, and who sees every team's
	except   int64 // an agent who knows already

	// was is what a conversation was seen by before it moved; who loses it gets removed.
	was     *actor.Sight
	removed []byte

	thread *thread // nil: no visitor hears of it
}

// thread is what a visitor's stream needs, which shows the message in its own way.
type thread struct {
	account channels.AccountID
	chat    string
	message *inbox.Message
}

// ForVisitor tells whose chat the event is about, and the message. It is how package
// chat filters; the message is nil where no visitor is concerned.
func (a *audience) ForVisitor() (channels.AccountID, string, *inbox.Message) {
	if a.thread == nil {
		return 0, "", nil
	}
	return a.thread.account, a.thread.chat, a.thread.message
}

func (a *audience) hears(v actor.Viewer) bool {
	switch {
	case a.except != 0 && a.except == v.AgentID:
		return false
	case a.only != 0:
		return a.only == v.AgentID
	case a.members != 0:
		return v.Scope == actor.All || slices.Contains(v.Teams, a.members)
	case a.everyone:
		return true
	case a.account != 0:
		return len(v.Accounts) == 0 || actor.Viewer{Scope: actor.All, Accounts: v.Accounts}.Sees(actor.Sight{AccountID: int64(a.account)})
	case a.person:
		return contact.Visible(v, a.owner, a.sights)
	}
	for _, s := range a.sights {
		if v.Sees(s) {
			return true
		}
	}
	return false
}

// loses tells whether a viewer saw the conversation until now.
func (a *audience) loses(v actor.Viewer) bool { return a.was != nil && v.Sees(*a.was) }

// listener is whom a stream of the agents' side is for.
type listener struct {
	viewer actor.Viewer
	auth   auth.Viewer
}

// wants is the filter of the listener's subscription.
func (l *listener) wants(e *live.Event) bool {
	a := e.Audience.(*audience)
	return l.may(e.Type) && (a.hears(l.viewer) || a.loses(l.viewer))
}

// nouns are the words of scopes for types of events.
var nouns = map[string]string{
	"conversation": "conversations", "message": "conversations", "messages": "conversations", "typing": "conversations", "viewing": "conversations",
	"contact": "contacts", "lead": "leads", "request": "requests", "account": "accounts", "presence": "agents", "people": "agents", "label": "labels", "watch": "conversations", "notification": "notifications",
	"view": "views", "macro": "macros", "quick-reply": "quick-replies",
}

// may tells whether the listener's scopes, if any, allow reading such things.
func (l *listener) may(typ string) bool {
	if l.auth.Key == 0 {
		return true
	}
	noun, _, _ := strings.Cut(typ, ".")
	return nouns[noun] != "" && l.auth.May(nouns[noun], false)
}

// forVisitors picks the events that some visitor hears of.
func forVisitors(list []*live.Event) []*live.Event {
	var out []*live.Event
	for _, e := range list {
		if e.Audience.(*audience).thread != nil {
			out = append(out, e)
		}
	}
	return out
}
