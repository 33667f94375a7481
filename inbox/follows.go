package inbox

import (
	"context"
	"strconv"
	"time"

	"parley/inbox/actor"
	"parley/internal/fault"
)

// Watch is what one agent has marked about a conversation for themselves. Zero times are no marks.
type Watch struct {
	Agent        AgentID        `json:"agent"`
	Conversation ConversationID `json:"conversation"`
	PinnedAt     time.Time      `json:"pinned_at"`
	FollowedAt   time.Time      `json:"followed_at"`
}

// everyMark wants all that somebody has marked.
func everyMark(w Watch) Watch { return w }

// ofThese wants of each agent the marks that they have among some.
func ofThese(some []Watch) func(Watch) Watch {
	return func(w Watch) Watch {
		wanted := Watch{Agent: w.Agent, Conversation: w.Conversation}
		for _, one := range some {
			if one.Agent != w.Agent {
				continue
			}
			if !one.PinnedAt.IsZero() {
				wanted.PinnedAt = w.PinnedAt
			}
			if !one.FollowedAt.IsZero() {
				wanted.FollowedAt = w.FollowedAt
			}
		}
		return wanted
	}
}

// Watching keeps what agents pin and follow.
type Watching interface {
	// Watch returns an agent's marks of a conversation, none when there are none.
	Watch(ctx context.Context, agent AgentID, c ConversationID) (Watch, error)
	// PutWatch stores them, and tells the agent's open pages.
	PutWatch(ctx context.Context, w Watch, at time.Time) error
	// Watched counts the conversations that an agent has pinned, and those that they follow, as far
	// as their lists show them: nobody can take a mark off what they cannot see.
	Watched(ctx context.Context, v actor.Viewer) (pinned, followed int, err error)
	// HasFollowers tells whether anybody follows a conversation.
	HasFollowers(ctx context.Context, c ConversationID) (bool, error)
	// ShareFollowers has who follows one conversation follow another too.
	ShareFollowers(ctx context.Context, from, to ConversationID) error
	// ShareWatches has who pinned or follows one conversation do so with another too, as far as wanted keeps their marks,
	// and returns what it has added.
	ShareWatches(ctx context.Context, from, to ConversationID, wanted func(Watch) Watch, at time.Time) (added []Watch, err error)
	// TakeWatchesBack removes marks that were added, as far as they are those still, and returns what it has removed.
	TakeWatchesBack(ctx context.Context, added []Watch, at time.Time) (taken []Watch, err error)
}

// MaxFollowed is how many conversations an agent may follow: the list of them is read by one
// look each.
const MaxFollowed = 500

var (
	errNobodysPin  = fault.InvalidField("pinned", "agent_only", fault.T("Закрепить диалог может только сотрудник.", "Only an agent can pin a conversation."))
	errNobodyHears = fault.InvalidField("following", "agent_only", fault.T("Следить за диалогом может только сотрудник.", "Only an agent can follow a conversation."))
	errManyFollows = fault.New(fault.Conflict, "too_many_followed", fault.T(
		"Вы уже следите за "+strconv.Itoa(MaxFollowed)+" диалогами, больше нельзя. Перестаньте следить за каким-нибудь.",
		"You follow "+strconv.Itoa(MaxFollowed)+" conversations already, and cannot follow more. Stop following one of them."))
)

// watch pins and follows for the agent who asks for it.
func (s *Service) watch(ctx context.Context, e *edit, p *Patch) error {
	if p.Pin == nil && p.Follow == nil {
		return nil
	}
	if e.cause.Kind != actor.Agent {
		if p.Pin != nil {
			return errNobodysPin
		}
		return errNobodyHears
	}
	w, err := s.store.Watch(ctx, AgentID(e.cause.ID), e.c.ID)
	if err != nil {
		return err
	}
	pinned, followed, err := s.store.Watched(ctx, p.by)
	if err != nil {
		return err
	}
	was := w
	if p.Pin != nil {
		if w.PinnedAt, err = marked(w.PinnedAt, *p.Pin, e.now, pinned < MaxPinned, errManyPins); err != nil {
			return err
		}
	}
	if p.Follow != nil {
		if w.FollowedAt, err = marked(w.FollowedAt, *p.Follow, e.now, followed < MaxFollowed, errManyFollows); err != nil {
			return err
		}
	}
	if w == was {
		return nil
	}
	if err := s.store.PutWatch(ctx, w, e.now); err != nil {
		return err
	}
	if w.FollowedAt.Equal(was.FollowedAt) { // what somebody pins is nobody else's business
		return nil
	}
	if e.c.Followed, err = s.store.HasFollowers(ctx, e.c.ID); err != nil {
		return err
	}
	e.enter("follow", map[string]any{"agent_id": text(int64(w.Agent)), "following": *p.Follow})
	return nil
}

// marked is a mark as it is after somebody set it or took it off.
func marked(at time.Time, set bool, now time.Time, room bool, full error) (time.Time, error) {
	switch {
	case !set:
		return time.Time{}, nil
	case !at.IsZero():
		return at, nil
	case !room:
		return at, full
	}
	return now, nil
}
