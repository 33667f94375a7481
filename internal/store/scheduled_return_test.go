package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestAnAnswerReturnsWhole takes an answer by chat back beside what its writer has begun since.
func TestAnAnswerReturnsWhole(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		begun, want inbox.Draft
		replies     bool
	}{
		"nothing":       {inbox.Draft{}, inbox.Draft{Kind: inbox.KindMessage, Text: "Good *morning*"}, true},
		"an answer":     {inbox.Draft{Kind: inbox.KindMessage, Text: "And then"}, inbox.Draft{Kind: inbox.KindMessage, Text: "And then\n\nGood *morning*"}, true},
		"an empty note": {inbox.Draft{Kind: inbox.KindNote}, inbox.Draft{Kind: inbox.KindMessage, Text: "Good *morning*"}, true},
		"a note":        {inbox.Draft{Kind: inbox.KindNote, Text: "He lies"}, inbox.Draft{Kind: inbox.KindNote, Text: "He lies"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				d := openDesk(t, db)
				d.limits.HTML = true
				d.inbox = inbox.New(db, func(channels.AccountID) (channels.Limits, bool) { return d.limits, true }, d.Now, slog.New(slog.DiscardHandler),
					inbox.WithHTML(func(html string) string { return html }))
				d.add(time.Hour)
				page, err := d.inbox.Messages(t.Context(), d.anna, d.conv, inbox.MessageFilter{})
				if err != nil {
					t.Fatal(err)
				}
				asked := page.Items[0].ID
				m := d.write(d.anna, inbox.Answer{
					Text: "Good morning", HTML: "Good <b>morning</b>", ReplyTo: asked, SendAt: d.Now().Add(time.Hour),
					Buttons: [][]channels.Button{{{Text: "Yes"}, {Text: "No"}}},
				})
				if c.begun.Kind != "" {
					if _, err := d.inbox.PutDraft(t.Context(), d.anna, d.conv, c.begun); err != nil {
						t.Fatal(err)
					}
				}
				d.add(5 * time.Second)
				d.deliver(says("v1", "k2", "never mind"))
				d.due(m.ID)
				got, err := d.inbox.GetDraft(t.Context(), d.anna, d.conv)
				if err != nil || got.Kind != c.want.Kind || got.Text != c.want.Text || got.HTML != "" {
					t.Errorf("the draft is %+v, %v", got, err)
				}
				head := ""
				if c.replies {
					head = fmt.Sprintf(`{"reply_to":"%d"}`, asked)
				}
				if got.Head != head || (len(got.Buttons) == 1 && len(got.Buttons[0]) == 2) != c.replies {
					t.Errorf("its head is %s, its buttons are %+v", got.Head, got.Buttons)
				}
			})
		})
	}
}

// TestAMailReturnsWhole takes a mail back beside a note that its writer has begun since.
func TestAMailReturnsWhole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c := inbox.ConversationID(o.deliver(mail("1@x", "ann@x.example", nil))[0].ConversationID)
		o.add(time.Hour)
		m := o.write(c, inbox.Answer{
			HTML: "<p>Good day</p>", To: []string{"Ann <ann@x.example>"}, Cc: []string{"bob@x.example"}, Bcc: []string{"boss@shop.example"},
			Subject: "Prices", From: "sales@shop.example", SendAt: o.Now().Add(time.Hour),
		})
		if _, err := o.inbox.PutDraft(t.Context(), agent(), c, inbox.Draft{Kind: inbox.KindNote, Text: "He lies"}); err != nil {
			t.Fatal(err)
		}
		o.add(time.Minute)
		o.deliver(mail("2@x", "ann@x.example", []string{"1@x"}))
		if err := db.Write(t.Context(), func(ctx context.Context) error { return o.inbox.Release(ctx, fmt.Sprintf("%d false", m.ID)) }); err != nil {
			t.Fatalf("release: %v", err)
		}
		d, err := o.inbox.GetDraft(t.Context(), agent(), c)
		if err != nil || d.Kind != inbox.KindNote || d.Text != "He lies" || d.HTML != "<p>Good day</p>" {
			t.Fatalf("the draft is %+v, %v", d, err)
		}
		var head, want any
		wanted := `{"mode":"reply","to":[{"name":"Ann","address":"ann@x.example"}],"cc":[{"name":"","address":"bob@x.example"}],
			"bcc":[{"name":"","address":"boss@shop.example"}],"subject":"Prices","from":"sales@shop.example"}`
		if err := json.Unmarshal([]byte(d.Head), &head); err != nil {
			t.Fatalf("the head %q: %v", d.Head, err)
		}
		if err := json.Unmarshal([]byte(wanted), &want); err != nil || !reflect.DeepEqual(head, want) {
			t.Errorf("the head is %s, %v", d.Head, err)
		}
	})
}
