package intake_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/intake"
	"parley/inbox/pipeline"
)

// world is an intake.Store in memory that refuses what a database's constraints would.
type world struct {
	mu            sync.Mutex
	last          int64
	now           time.Time
	received      map[intake.EventRef]channels.Outcome
	contacts      map[contact.ID]contact.Contact
	identities    []contact.Identity
	conversations map[inbox.ConversationID]inbox.Conversation
	messages      map[inbox.MessageID]inbox.Message
	leads         map[pipeline.LeadID]pipeline.Lead
	requests      map[pipeline.RequestID]pipeline.Request
	parked        map[int64]inbox.Parked
	cursors       map[string]string
	feed          []inbox.Notice
	timeline      []inbox.Entry
	mentions      []inbox.Mention
	participants  []inbox.Participant
	duplicates    map[intake.EventRef]inbox.Duplicate
	blobs         []inbox.EventBlob
	own           []string // addresses of account 1
	fences        map[channels.AccountID]channels.Fence
}

var _ intake.Store = (*world)(nil)

func newWorld() *world {
	return &world{
		now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), received: map[intake.EventRef]channels.Outcome{},
		contacts: map[contact.ID]contact.Contact{}, conversations: map[inbox.ConversationID]inbox.Conversation{},
		messages: map[inbox.MessageID]inbox.Message{}, leads: map[pipeline.LeadID]pipeline.Lead{},
		requests: map[pipeline.RequestID]pipeline.Request{}, parked: map[int64]inbox.Parked{}, cursors: map[string]string{},
		duplicates: map[intake.EventRef]inbox.Duplicate{},
	}
}

func (w *world) clock() time.Time { return w.now }

func (w *world) Intake(ctx context.Context, fn func(ctx context.Context) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return fn(ctx)
}

func (w *world) Lock(_ context.Context, keys []int64) error {
	if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
		return errors.New("locks are not sorted, each once")
	}
	return nil
}

func (w *world) Fences(context.Context, []channels.AccountID) (map[channels.AccountID]channels.Fence, error) {
	return w.fences, nil
}

func (w *world) Cursor(_ context.Context, a channels.AccountID, stream string) (string, error) {
	return w.cursors[fmt.Sprint(a, stream)], nil
}

func (w *world) IsDataError(error) bool { return false }

func (w *world) Supply(context.Context, int, int) (intake.Supply, error) { return &supply{w: w}, nil }

func (w *world) ParkedEvent(_ context.Context, id int64) (inbox.Parked, bool, error) {
	p, ok := w.parked[id]
	return p, ok, nil
}

// supply gives ids of its own; what is rewound is given again.
type supply struct {
	w     *world
	taken []int64
	at    int
}

func (s *supply) ID() int64 {
	if s.at == len(s.taken) {
		s.w.last++
		s.taken = append(s.taken, s.w.last)
	}
	s.at++
	return s.taken[s.at-1]
}
func (s *supply) ConversationNumber() int64 { return s.ID() }
func (s *supply) RequestNumber() int64      { return s.ID() }
func (s *supply) Rewind()                   { s.at = 0 }
func (s *supply) Release()                  {}

// LoadIntake loads the whole world.
func (w *world) LoadIntake(context.Context, intake.Need) (*intake.State, error) {
	return w.state(), nil
}

func (w *world) state() *intake.State {
	st := &intake.State{
		Now: w.now, Accounts: map[channels.AccountID]intake.Account{1: {ID: 1, Kind: "fake", TeamID: 5, Own: w.own}, 2: {ID: 2}}, Received: maps.Clone(w.received),
		Identities: map[intake.IdentityRef]contact.Identity{}, People: map[contact.ID]*intake.Person{},
		Threads: map[intake.ThreadRef]*inbox.Conversation{}, Conversations: map[inbox.ConversationID]*inbox.Conversation{},
		Remotes: map[intake.RemoteRef]*inbox.Message{}, Albums: map[intake.AlbumRef]*inbox.Message{}, Messages: map[inbox.MessageID]*inbox.Message{},
		Earlier: map[inbox.ConversationID][]*inbox.Message{}, Parked: map[intake.RemoteRef][]inbox.Parked{},
		Requests: map[pipeline.RequestID]*pipeline.Request{},
		Pipeline: pipeline.Pipeline{ID: 1, Stages: []pipeline.Stage{{ID: 7, Kind: pipeline.StageOpen}}},
		Mentions: map[intake.RemoteRef][]*inbox.Mention{}, Parties: map[inbox.ConversationID][]inbox.Party{},
		Orphans: map[inbox.ConversationID]map[string]bool{}, Busy: map[inbox.ConversationID]bool{},
	}
	for _, n := range w.mentions {
		ref := intake.RemoteRef{AccountID: n.AccountID, RemoteID: n.RemoteID}
		st.Mentions[ref] = append(st.Mentions[ref], &n)
		if n.Root && !n.Arrived {
			if st.Orphans[n.ConversationID] == nil {
				st.Orphans[n.ConversationID] = map[string]bool{}
			}
			st.Orphans[n.ConversationID][n.RemoteID] = true
		}
	}
	for _, p := range w.participants {
		st.Parties[p.ConversationID] = append(st.Parties[p.ConversationID], p.Party)
	}
	for _, i := range w.identities {
		if i.Verified {
			st.Identities[intake.IdentityRef{Scope: i.Scope, Address: i.Address}] = i
		}
	}
	for id, c := range w.contacts {
		st.People[id] = &intake.Person{Contact: &c}
	}
	for _, l := range w.leads {
		if l.Status == pipeline.LeadOpen {
			st.People[l.ContactID].OpenLead = l.ID
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.requests)) {
		r := w.requests[id]
		st.Requests[id] = &r
		if r.Status.Active() {
			st.People[r.ContactID].Request = &r
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.conversations)) {
		c := w.conversations[id]
		st.Conversations[id] = &c
		ref := intake.ThreadRef{AccountID: c.AccountID, Chat: c.Chat}
		if have := st.Threads[ref]; c.MergedInto == 0 && (have == nil || have.Status == inbox.Closed) {
			st.Threads[ref] = &c
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.messages)) {
		m := w.messages[id]
		st.Messages[id] = &m
		if m.RemoteID != "" {
			st.Remotes[intake.RemoteRef{AccountID: m.AccountID, RemoteID: m.RemoteID}] = &m
		}
		if m.Album != "" {
			st.Albums[intake.AlbumRef{AccountID: m.AccountID, Album: m.Album}] = &m
		}
		if m.State == inbox.Sending || m.State == inbox.Uncertain {
			st.Busy[m.ConversationID] = true
		}
		if m.Direction == inbox.Outbound {
			st.Earlier[m.ConversationID] = append(st.Earlier[m.ConversationID], &m)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.parked)) {
		p := w.parked[id]
		ref := intake.RemoteRef{AccountID: p.AccountID, RemoteID: p.RemoteID}
		st.Parked[ref] = append(st.Parked[ref], p)
	}
	return st
}

// Save writes the changes, as a database would: a row that is new must be new, and no
// statement may name a row twice.
func (w *world) Save(_ context.Context, ch *inbox.Changes) error {
	var problems []error
	once := map[string]bool{}
	name := func(kind string, id any) {
		key := fmt.Sprint(kind, id)
		if once[key] {
			problems = append(problems, fmt.Errorf("%s is written twice", key))
		}
		once[key] = true
	}
	for _, r := range ch.Received {
		ref := intake.EventRef{AccountID: r.AccountID, Key: r.Key}
		if _, ok := w.received[ref]; ok {
			problems = append(problems, fmt.Errorf("event %v is received twice", ref))
		}
		m := w.messages[r.MessageID]
		w.received[ref] = channels.Outcome{Kind: r.Outcome, MessageID: int64(r.MessageID), ConversationID: int64(r.ConversationID), Seq: m.Seq}
	}
	for _, c := range ch.Contacts {
		name("contact ", c.ID)
		w.contacts[c.ID] = *c
	}
	for _, i := range ch.Identities {
		w.identities = append(w.identities, *i)
	}
	for _, c := range ch.Conversations {
		name("conversation ", c.ID)
		w.conversations[c.ID] = *c
	}
	for _, m := range slices.Concat(ch.NewMessages, ch.Messages) {
		name("message ", m.ID)
		w.messages[m.ID] = *m
	}
	for _, l := range ch.Leads {
		name("lead ", l.ID)
		w.leads[l.ID] = *l
	}
	for _, r := range ch.Requests {
		name("request ", r.ID)
		w.requests[r.ID] = *r
	}
	for _, p := range ch.Parked {
		w.parked[p.ID] = p
	}
	for _, id := range ch.Unparked {
		delete(w.parked, id)
	}
	for _, r := range ch.Late {
		w.received[intake.EventRef{AccountID: r.AccountID, Key: r.Key}] = channels.Outcome{Kind: r.Outcome, MessageID: int64(r.MessageID), ConversationID: int64(r.ConversationID)}
	}
	for _, d := range ch.Duplicates {
		w.duplicates[intake.EventRef{AccountID: d.AccountID, Key: d.Key}] = *d
	}
	w.blobs = append(w.blobs, ch.Blobs...)
	problems = append(problems, w.saveThreads(ch)...)
	for _, c := range ch.Cursors {
		w.cursors[fmt.Sprint(c.AccountID, c.Stream)] = c.Value
	}
	w.feed = append(w.feed, ch.Feed...)
	w.timeline = append(w.timeline, ch.Timeline...)
	return errors.Join(problems...)
}

// saveThreads writes what is known of the threads of mails.
func (w *world) saveThreads(ch *inbox.Changes) (problems []error) {
	once := map[string]bool{}
	for _, n := range ch.Mentions {
		key := fmt.Sprint(n.RemoteID, " ", n.ConversationID)
		if once[key] {
			problems = append(problems, fmt.Errorf("mention %s is written twice", key))
		}
		once[key] = true
		at := slices.IndexFunc(w.mentions, func(x inbox.Mention) bool { return x.RemoteID == n.RemoteID && x.ConversationID == n.ConversationID })
		if at < 0 {
			w.mentions = append(w.mentions, *n)
		} else {
			w.mentions[at] = *n
		}
	}
	meet := func(p inbox.Participant) {
		if !slices.ContainsFunc(w.participants, func(x inbox.Participant) bool { return x.ConversationID == p.ConversationID && x.Same(p.Party) }) {
			w.participants = append(w.participants, p)
		}
	}
	for _, p := range ch.Participants {
		meet(p)
	}
	for _, j := range ch.Joins {
		w.join(j, meet)
	}
	return problems
}

func (w *world) join(j inbox.Join, meet func(inbox.Participant)) {
	for id, m := range w.messages {
		if m.ConversationID == j.From {
			m.ConversationID, m.Seq = j.Into, m.Seq+j.Shift
			w.messages[id] = m
		}
	}
	for _, p := range slices.Clone(w.participants) {
		if p.ConversationID == j.From {
			p.ConversationID = j.Into
			meet(p)
		}
	}
	w.participants = slices.DeleteFunc(w.participants, func(p inbox.Participant) bool { return p.ConversationID == j.From })
	for _, n := range slices.Clone(w.mentions) {
		if n.ConversationID != j.From {
			continue
		}
		at := slices.IndexFunc(w.mentions, func(x inbox.Mention) bool { return x.RemoteID == n.RemoteID && x.ConversationID == j.Into })
		if at >= 0 {
			w.mentions[at].Arrived = w.mentions[at].Arrived || n.Arrived
			continue
		}
		n.ConversationID = j.Into
		w.mentions = append(w.mentions, n)
	}
	w.mentions = slices.DeleteFunc(w.mentions, func(n inbox.Mention) bool { return n.ConversationID == j.From })
	for i := range w.mentions {
		if j.Rooted && w.mentions[i].ConversationID == j.Into {
			w.mentions[i].Root = false
		}
	}
}

// broken says which invariants of an inbox do not hold.
func (w *world) broken() (problems []string) {
	seqs := map[inbox.ConversationID][]int64{}
	for _, m := range w.messages {
		seqs[m.ConversationID] = append(seqs[m.ConversationID], m.Seq)
	}
	open := map[intake.ThreadRef]int{}
	for id, c := range w.conversations {
		slices.Sort(seqs[id])
		for i, seq := range seqs[id] {
			if seq != int64(i+1) || c.Seq != int64(len(seqs[id])) {
				problems = append(problems, fmt.Sprintf("conversation %d of seq %d has messages %v", id, c.Seq, seqs[id]))
				break
			}
		}
		if c.Status != inbox.Closed {
			open[intake.ThreadRef{AccountID: c.AccountID, Chat: c.Chat}]++
		}
		if c.Unanswered != !c.WaitingSince.IsZero() || (c.Status == inbox.Closed) != !c.ClosedAt.IsZero() {
			problems = append(problems, fmt.Sprintf("conversation %d contradicts itself: %+v", id, c))
		}
		if _, ok := w.contacts[c.ContactID]; !ok {
			problems = append(problems, fmt.Sprintf("conversation %d has no contact", id))
		}
	}
	for ref, n := range open {
		if n > 1 {
			problems = append(problems, fmt.Sprintf("thread %v has %d open conversations", ref, n))
		}
	}
	leads, requests := map[contact.ID]int{}, map[contact.ID]int{}
	for _, l := range w.leads {
		if l.Status == pipeline.LeadOpen {
			leads[l.ContactID]++
		}
	}
	for _, r := range w.requests {
		if r.Status.Active() {
			requests[r.ContactID]++
		}
	}
	for id := range w.contacts {
		if leads[id] > 1 || requests[id] > 1 {
			problems = append(problems, fmt.Sprintf("contact %d has %d open leads and %d active requests", id, leads[id], requests[id]))
		}
	}
	held := map[intake.IdentityRef]contact.ID{}
	for _, i := range w.identities {
		ref := intake.IdentityRef{Scope: i.Scope, Address: i.Address}
		if _, taken := held[ref]; i.Verified && taken {
			problems = append(problems, fmt.Sprintf("address %v is held twice", ref))
		}
		if i.Verified {
			held[ref] = i.ContactID
		}
	}
	return problems
}
