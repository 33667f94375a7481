package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// parlour is two episodes of one chat on account 20, the later one of team 5, and a
// conversation of somebody else.
type parlour struct {
	db *store.DB
	at time.Time
}

func openParlour(t *testing.T, db *store.DB) *parlour {
	t.Helper()
	p := &parlour{db: db, at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	ch := &inbox.Changes{Contacts: []*contact.Contact{{ID: 5000, Name: "Ann", CreatedAt: p.at}}}
	for id, c := range map[inbox.ConversationID]inbox.Conversation{
		7002: {Chat: "ann", Status: inbox.Closed, CreatedAt: p.at}, // the earlier episode has the higher id
		7001: {Chat: "ann", Status: inbox.Open, CreatedAt: p.at.Add(time.Hour), TeamID: 5},
		7003: {Chat: "bob", Status: inbox.Open, CreatedAt: p.at},
	} {
		c.ID, c.Number, c.AccountID, c.ContactID, c.Priority, c.LastAt, c.UpdatedAt = id, int64(id), 20, 5000, inbox.Normal, p.at, p.at
		ch.Conversations = append(ch.Conversations, &c)
	}
	message := func(id inbox.MessageID, c inbox.ConversationID, seq int64, m inbox.Message) {
		m.ID, m.ConversationID, m.AccountID, m.Seq, m.CreatedAt = id, c, 20, seq, p.at
		if m.Kind == "" {
			m.Kind = inbox.KindMessage
		}
		m.Text = fmt.Sprint(id)
		ch.Message(&m, p.at)
	}
	in, out := inbox.Inbound, inbox.Outbound
	photo := inbox.File{ID: 9001, Hash: "a1", Name: "photo", Type: "image/png", Size: 3, OwnerKind: "agent", OwnerID: 3, CreatedAt: p.at}
	ch.Files = append(ch.Files, &photo)
	message(8009, 7002, 1, inbox.Message{Direction: in, State: inbox.Received})
	message(8008, 7002, 2, inbox.Message{Direction: out, State: inbox.Read, Files: []inbox.File{photo}})
	message(8001, 7001, 1, inbox.Message{Direction: in, State: inbox.Received})
	message(8002, 7001, 2, inbox.Message{Direction: out, State: inbox.Sent, Kind: inbox.KindNote})
	message(8003, 7001, 3, inbox.Message{Direction: out, State: inbox.Queued})
	message(8004, 7001, 4, inbox.Message{Direction: out, State: inbox.Failed})
	message(8005, 7001, 5, inbox.Message{Direction: out, State: inbox.Delivered})
	message(8006, 7001, 0, inbox.Message{Direction: out, State: inbox.Scheduled})
	message(8007, 7003, 1, inbox.Message{Direction: in, State: inbox.Received})
	if err := db.Write(t.Context(), func(ctx context.Context) error { return db.Save(ctx, ch) }); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *parlour) read(t *testing.T, after inbox.MessageID, limit int) (ids []inbox.MessageID, more bool) {
	t.Helper()
	list, more, err := p.db.ChatMessages(t.Context(), 20, "ann", after, limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		ids = append(ids, m.ID)
	}
	return ids, more
}

func TestChatReadsWhatIsTheVisitors(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := openParlour(t, db)
		for _, c := range []struct {
			after inbox.MessageID
			limit int
			want  []inbox.MessageID
			more  bool
		}{
			{0, 10, []inbox.MessageID{8009, 8008, 8001, 8005}, false},
			{0, 3, []inbox.MessageID{8009, 8008, 8001}, true},
			{8008, 10, []inbox.MessageID{8001, 8005}, false},
			{8003, 10, []inbox.MessageID{8005}, false}, // a place that the visitor does not read
			{8005, 10, nil, false},
			{8007, 10, []inbox.MessageID{8009, 8008, 8001, 8005}, false}, // of another chat: from the beginning
		} {
			if ids, more := p.read(t, c.after, c.limit); !slices.Equal(ids, c.want) || more != c.more {
				t.Errorf("after %d: %v, more %v; want %v, %v", c.after, ids, more, c.want, c.more)
			}
		}
		for id, want := range map[inbox.MessageID]bool{8001: true, 8002: false, 8003: false, 8005: true, 8006: false, 8007: false} {
			if _, found, err := db.ChatMessage(t.Context(), 20, "ann", id); err != nil || found != want {
				t.Errorf("message %d: found %v, %v", id, found, err)
			}
		}
		var told []inbox.MessageID
		head, err := db.FeedHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		last := int64(0)
		err = db.ChatFeed(t.Context(), 20, "ann", 0, head, 100, func(id int64, typ string, m inbox.MessageID) error {
			if id <= last || typ != "message.created" {
				t.Errorf("line %d after %d: %s", id, last, typ)
			}
			last = id
			told = append(told, m)
			return nil
		})
		if err != nil || len(told) != 8 || slices.Contains(told, 8007) {
			t.Errorf("the feed tells of %v, %v", told, err)
		}
	})
}

func TestFilesAreForWhoMaySeeThem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := openParlour(t, db)
		mine := inbox.File{ID: 9002, Hash: "b2", Name: "mine", Type: "text/plain", Size: 1, CreatedAt: p.at}
		if err := db.AddFile(t.Context(), mine, inbox.FileOwner{Kind: "agent", ID: 4}); err != nil {
			t.Fatal(err)
		}
		theirs := inbox.File{ID: 9003, Hash: "c3", Name: "theirs", Type: "text/plain", Size: 1, CreatedAt: p.at}
		if err := db.AddFile(t.Context(), theirs, inbox.FileOwner{Kind: "visitor", ID: 20, Ref: "ann"}); err != nil {
			t.Fatal(err)
		}
		viewer := func(id int64, scope actor.Scope, accounts ...int64) actor.Viewer {
			return actor.Viewer{AgentID: id, Scope: scope, Accounts: accounts, Cause: actor.Cause{Kind: actor.Agent, ID: id}}
		}
		for _, c := range []struct {
			who  string
			v    actor.Viewer
			file inbox.FileID
			want bool
		}{
			{"everything", viewer(9, actor.All), 9001, true},
			{"another channel", viewer(9, actor.All, 21), 9001, false},
			{"own ones", viewer(9, actor.Own), 9001, false},
			{"the uploader, of another channel", viewer(3, actor.Own, 21), 9001, true},
			{"the uploader", viewer(4, actor.Own), 9002, true},
			{"everything, not attached", viewer(9, actor.All), 9002, false},
			{"a key of the uploader's number", actor.Viewer{Scope: actor.Own, Cause: actor.Cause{Kind: actor.API, ID: 4}}, 9002, false},
			{"nobody", actor.Viewer{}, 9001, false},
		} {
			f, found, err := db.File(t.Context(), c.v, c.file)
			if err != nil || found != c.want {
				t.Errorf("%s: found %v, %v", c.who, found, err)
			}
			if found && f.ID != c.file {
				t.Errorf("%s: got file %d", c.who, f.ID)
			}
		}
		for _, c := range []struct {
			chat string
			file inbox.FileID
			want bool
		}{{"ann", 9001, true}, {"bob", 9001, false}, {"ann", 9003, true}, {"bob", 9003, false}, {"ann", 9002, false}} {
			if _, found, err := db.ChatFile(t.Context(), 20, c.chat, c.file); err != nil || found != c.want {
				t.Errorf("chat %s, file %d: found %v, %v", c.chat, c.file, found, err)
			}
		}
		for file, want := range map[inbox.FileID]bool{9001: true, 9002: false, 9003: true} {
			if _, found, err := db.AccountFile(t.Context(), 20, file); err != nil || found != want {
				t.Errorf("account, file %d: found %v, %v", file, found, err)
			}
			if _, found, err := db.AccountFile(t.Context(), 21, file); err != nil || found {
				t.Errorf("another account, file %d: found %v, %v", file, found, err)
			}
		}
	})
}
