package store_test

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestMergedConversationsJoinDrafts merges conversations in which somebody writes, on channels of chats and of mails.
func TestMergedConversationsJoinDrafts(t *testing.T) {
	t.Parallel()
	const reply, note = inbox.KindMessage, inbox.KindNote
	choice := [][]channels.Button{{{Text: "Yes"}}}
	mail := func(about string) string {
		return fmt.Sprintf(`{"mode":"reply","to":[],"cc":[],"bcc":[],"subject":"Prices"%s}`, about)
	}
	for name, c := range map[string]struct {
		fromMail, toMail bool
		here, there      *inbox.Draft // nil = none was begun
		want             inbox.Draft
	}{
		"a chat alone":          {false, false, &inbox.Draft{Kind: reply, Text: "one", Head: `{"reply_to":"5"}`, Buttons: choice}, nil, inbox.Draft{Kind: reply, Text: "one", Buttons: choice}},
		"a chat to a chat":      {false, false, &inbox.Draft{Kind: reply, Text: "one"}, &inbox.Draft{Kind: reply, Text: "two", Head: `{"reply_to":"6"}`}, inbox.Draft{Kind: reply, Text: "two\n\none", Head: `{"reply_to":"6"}`}},
		"a note to a chat":      {false, false, &inbox.Draft{Kind: note, Text: "one"}, &inbox.Draft{Kind: reply, Text: "two"}, inbox.Draft{Kind: note, Text: "two\n\none"}},
		"a note to nothing":     {false, false, &inbox.Draft{Kind: note, Text: "one"}, &inbox.Draft{Kind: reply}, inbox.Draft{Kind: note, Text: "one"}},
		"a chat to a mail":      {false, true, &inbox.Draft{Kind: reply, Text: "a<b\nc", Buttons: choice}, &inbox.Draft{Kind: reply, HTML: "<p>two</p>"}, inbox.Draft{Kind: reply, HTML: "<p>two</p><div>a&lt;b</div><div>c</div>"}},
		"a note to a mail":      {false, true, &inbox.Draft{Kind: note, Text: "one"}, &inbox.Draft{Kind: reply, HTML: "<p>two</p>"}, inbox.Draft{Kind: note, Text: "one", HTML: "<p>two</p>"}},
		"a mail to a chat":      {true, false, &inbox.Draft{Kind: reply, HTML: "<p>one</p>", Head: mail("")}, nil, inbox.Draft{Kind: reply, Text: "one"}},
		"a mail with its note":  {true, false, &inbox.Draft{Kind: reply, HTML: "<p>one</p>", Text: "he lies"}, nil, inbox.Draft{Kind: note, Text: "he lies\n\none"}},
		"a mail to a mail":      {true, true, &inbox.Draft{Kind: reply, HTML: "<p>one</p>", Head: mail(`,"about":"5"`)}, nil, inbox.Draft{Kind: reply, HTML: "<p>one</p>", Head: mail("")}},
		"nothing to what there": {false, false, nil, &inbox.Draft{Kind: reply, Text: "two"}, inbox.Draft{Kind: reply, Text: "two"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				d := openDesk(t, db)
				connect(t, db, 2)
				out, err := d.account(2).Deliver(t.Context(), channels.Batch{Events: []channels.Event{says("v1", "k2", "or here")}})
				if err != nil {
					t.Fatal(err)
				}
				gone := inbox.ConversationID(out[0].ConversationID)
				service := inbox.New(db, func(a channels.AccountID) (channels.Limits, bool) {
					return channels.Limits{Subject: a == 2 && c.fromMail || a == 1 && c.toMail}, true
				}, d.Now, slog.New(slog.DiscardHandler))
				for at, begun := range map[inbox.ConversationID]*inbox.Draft{gone: c.here, d.conv: c.there} {
					if begun == nil {
						continue
					}
					if _, err := service.PutDraft(t.Context(), d.anna, at, *begun); err != nil {
						t.Fatal(err)
					}
				}
				if _, err := service.Merge(t.Context(), d.anna, d.conv, gone); err != nil {
					t.Fatalf("merge: %v", err)
				}
				got, found, err := db.Draft(t.Context(), 1, d.conv)
				if err != nil || !found || got.Kind != c.want.Kind || got.Text != c.want.Text || got.HTML != c.want.HTML || got.Head != c.want.Head ||
					!slices.EqualFunc(got.Buttons, c.want.Buttons, slices.Equal) {
					t.Errorf("the draft is %+v, %v, %v", got, found, err)
				}
				if left, found, err := db.Draft(t.Context(), 1, gone); err != nil || found {
					t.Errorf("left behind: %+v, %v", left, err)
				}
			})
		})
	}
}
