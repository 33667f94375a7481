package inbox

import (
	"context"

	"parley/channels"
	"parley/inbox/actor"
)

// Origin is where a conversation came from, as far as its first message told. The zero
// value is not known. All of it is from outside and proves nothing.
type Origin struct {
	ConversationID ConversationID
	Page           string // address of the page that was written from
	Referrer       string // where that page was come to from
	UTM            map[string]string
}

// OriginOf is what a source tells of a conversation; ok is false when that is nothing.
func OriginOf(c ConversationID, s channels.Source) (o Origin, ok bool) {
	o = Origin{ConversationID: c, Page: s.Page, Referrer: s.Referrer, UTM: s.UTM}
	return o, o.Page != "" || o.Referrer != "" || len(o.UTM) > 0
}

// Origin returns where a conversation came from.
func (s *Service) Origin(ctx context.Context, v actor.Viewer, c ConversationID) (Origin, error) {
	if _, err := s.Get(ctx, v, c); err != nil {
		return Origin{}, err
	}
	return s.store.Origin(ctx, c)
}
