package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// amender is a desk whose network edits, deletes and reacts, with a message of Anna's that it took as "o1".
type amender struct {
	*deskTest
	sent inbox.MessageID
}

func openAmender(t *testing.T, db *store.DB) *amender {
	t.Helper()
	a := &amender{deskTest: openDesk(t, db)}
	a.limits.EditWindow, a.limits.DeleteWindow, a.limits.Reactions = time.Hour, time.Hour, true
	a.limits.Emoji = []string{"👍", "❤"}
	a.sent = a.post(a.anna, "It is on its wy.", "o1", "o2")
	return a
}

// post writes an answer and has the network take it under these ids.
func (a *amender) post(v actor.Viewer, text, remote string, parts ...string) inbox.MessageID {
	a.t.Helper()
	m := a.write(v, inbox.Answer{Text: text})
	items := a.claim(a.db.Outbox())
	if len(items) != 1 || items[0].ID != int64(m.ID) {
		a.t.Fatalf("claimed %v, want only %d", ids(items), m.ID)
	}
	a.settle(a.db.Outbox(), items[0], outbox.Verdict{Outcome: outbox.Sent, RemoteID: remote, Parts: parts})
	return m.ID
}

func (a *amender) claim(src outbox.Source) []outbox.Item {
	a.t.Helper()
	items, err := src.Claim(a.t.Context(), a.Now(), []outbox.Want{{AccountID: a.row(a.anna).AccountID, Limit: 10, Until: a.Now().Add(time.Minute)}})
	if err != nil {
		a.t.Fatalf("claim: %v", err)
	}
	return items
}

// under claims amendments and insists on exactly one.
func (a *amender) under(deed outbox.Deed) outbox.Item {
	a.t.Helper()
	items := a.claim(a.db.Amending())
	if len(items) != 1 || items[0].Act.Deed != deed {
		a.t.Fatalf("claimed %+v, want one to %s", items, deed)
	}
	return items[0]
}

func (a *amender) idle(why string) {
	a.t.Helper()
	if items := append(a.claim(a.db.Amending()), a.claim(a.db.Outbox())...); len(items) != 0 {
		a.t.Fatalf("%s: claimed %+v", why, items)
	}
}

func (a *amender) settle(src outbox.Source, i outbox.Item, v outbox.Verdict) {
	a.t.Helper()
	if err := src.Settle(a.t.Context(), a.Now(), []outbox.Settlement{{Item: i, Verdict: v}}); err != nil {
		a.t.Fatalf("settle: %v", err)
	}
}

func (a *amender) done(i outbox.Item) {
	a.t.Helper()
	a.settle(a.db.Amending(), i, outbox.Verdict{Outcome: outbox.Sent})
}

func (a *amender) edit(text string) inbox.Message {
	a.t.Helper()
	return a.must(a.inbox.Edit(a.t.Context(), a.anna, a.sent, inbox.Words{Text: text}))
}

func (a *amender) react(emoji string) inbox.Message {
	a.t.Helper()
	return a.must(a.inbox.React(a.t.Context(), a.anna, a.sent, emoji))
}

func (a *amender) must(m inbox.Message, err error) inbox.Message {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
	return m
}

func (a *amender) read() inbox.Message {
	a.t.Helper()
	return a.must(a.inbox.Message(a.t.Context(), a.anna, a.sent))
}

// refused insists on a code.
func (a *amender) refused(what, code string, err error) {
	a.t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code && (len(f.Fields) == 0 || f.Fields[0].Code != code) {
		a.t.Errorf("%s: %v, want %s", what, err, code)
	}
}

func eachAmender(t *testing.T, run func(t *testing.T, a *amender)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { run(t, openAmender(t, db)) })
}

func TestEditIsWhatTheContactSees(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		m := a.edit("It is on its way.")
		if m.Text != "It is on its wy." || len(m.Amendments) != 1 || m.Amendments[0].State != inbox.AmendQueued || m.Amendments[0].Text != "It is on its way." {
			t.Fatalf("before the network knows: %+v", m)
		}
		i := a.under(outbox.Edit)
		if i.Out.Text != "It is on its way." || !slices.Equal(i.Act.RemoteIDs, []string{"o1"}) || i.Out.Chat != "v1" || i.Out.Attempt != 1 || i.Out.MessageID != int64(a.sent) {
			t.Fatalf("what goes out: %+v", i)
		}
		a.idle("one is under way")
		a.done(i)
		a.done(i) // a verdict that is settled again changes nothing
		if m := a.read(); m.Text != "It is on its way." || m.EditedAt.IsZero() || len(m.Amendments) != 0 {
			t.Errorf("after the network took it: %+v", m)
		}
		if row := a.row(a.anna); row.LastText != "It is on its way." {
			t.Errorf("the list shows %q", row.LastText)
		}
		line, err := a.inbox.Timeline(t.Context(), a.anna, a.conv, "", 50)
		if err != nil || !slices.ContainsFunc(line.Items, func(i inbox.TimelineItem) bool {
			return i.Entry != nil && i.Entry.Type == "edited" && i.Entry.Cause.ID == 1 && i.Entry.Data["was"] == "It is on its wy."
		}) {
			t.Errorf("the timeline tells nothing of it: %+v %v", line, err)
		}
	})
}

// TestOldWordsGoWithTheMessage: what a message said before it was edited is not to be read in the
// timeline when the message is deleted; that it was edited is.
func TestOldWordsGoWithTheMessage(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		a.edit("It is on its way.")
		a.done(a.under(outbox.Edit))
		a.must(a.inbox.Delete(t.Context(), a.anna, a.sent))
		a.done(a.under(outbox.Delete))
		line, err := a.inbox.Timeline(t.Context(), a.anna, a.conv, "", 50)
		edited := slices.IndexFunc(line.Items, func(i inbox.TimelineItem) bool { return i.Entry != nil && i.Entry.Type == "edited" })
		if err != nil || edited < 0 {
			t.Fatalf("the timeline tells nothing of it: %+v %v", line, err)
		}
		if data := line.Items[edited].Entry.Data; data["was"] != nil || data["message_id"] == nil {
			t.Errorf("the timeline still says %v", data)
		}
	})
}

func TestRefusedEditLeavesTheText(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		for outcome, state := range map[outbox.Outcome]inbox.AmendmentState{outbox.Failed: inbox.AmendFailed, outbox.Uncertain: inbox.AmendUncertain} {
			a.edit("Another text")
			a.settle(a.db.Amending(), a.under(outbox.Edit), outbox.Verdict{Outcome: outcome, Code: "too_late", Text: "too late"})
			m := a.read()
			if m.Text != "It is on its wy." || !m.EditedAt.IsZero() || len(m.Amendments) != 1 || m.Amendments[0].State != state || m.Amendments[0].ErrorCode != "too_late" {
				t.Fatalf("%s: %+v", outcome, m)
			}
			a.idle("what did not come about is not tried again by itself")
		}
		which := a.read().Amendments[0].ID
		if m := a.must(a.inbox.Drop(t.Context(), a.anna, a.sent, which)); len(m.Amendments) != 0 {
			t.Errorf("after it was taken back: %+v", m.Amendments)
		}
		_, err := a.inbox.Drop(t.Context(), a.anna, a.sent, which)
		a.refused("twice", "amendment_not_found", err)
	})
}

func TestAmendmentsTakeTurns(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		before := a.write(a.anna, inbox.Answer{Text: "Before"})
		a.edit("First")
		a.edit("Second") // takes the place of the first, which nobody has seen
		after := a.write(a.anna, inbox.Answer{Text: "After"})
		if items := a.claim(a.db.Amending()); len(items) != 0 {
			t.Fatalf("an edit overtakes an answer: %+v", items)
		}
		one := a.claim(a.db.Outbox())
		if len(one) != 1 || one[0].ID != int64(before.ID) {
			t.Fatalf("first went %v", ids(one))
		}
		a.idle("an answer is under way")
		a.settle(a.db.Outbox(), one[0], outbox.Verdict{Outcome: outbox.Sent, RemoteID: "o3"})
		if items := a.claim(a.db.Outbox()); len(items) != 0 {
			t.Fatalf("an answer overtakes an edit: %v", ids(items))
		}
		i := a.under(outbox.Edit)
		if i.Out.Text != "Second" {
			t.Errorf("the edit is %q", i.Out.Text)
		}
		a.edit("Third")
		a.settle(a.db.Amending(), i, outbox.Verdict{Outcome: outbox.Retry, NotBefore: a.Now().Add(time.Minute), Code: "flood"})
		last := a.claim(a.db.Outbox())
		if len(last) != 1 || last[0].ID != int64(after.ID) {
			t.Fatalf("an edit in trouble holds the answer up: %v", ids(last))
		}
		a.settle(a.db.Outbox(), last[0], outbox.Verdict{Outcome: outbox.Sent, RemoteID: "o4"})
		a.idle("the third edit waits for the second")
		a.add(time.Minute)
		if i = a.under(outbox.Edit); i.Out.Text != "Second" || i.Out.Attempt != 2 {
			t.Errorf("the second attempt: %+v", i.Out)
		}
		a.done(i)
		a.done(a.under(outbox.Edit))
		if m := a.read(); m.Text != "Third" || len(m.Amendments) != 0 {
			t.Errorf("in the end: %+v", m)
		}
	})
}

func TestDeleteTakesEveryPart(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		a.edit("Never mind")
		m := a.must(a.inbox.Delete(t.Context(), a.anna, a.sent))
		if len(m.Amendments) != 1 || m.Amendments[0].Kind != inbox.AmendDelete || !m.DeletedAt.IsZero() {
			t.Fatalf("asked for: %+v", m)
		}
		i := a.under(outbox.Delete)
		if !slices.Equal(i.Act.RemoteIDs, []string{"o1", "o2"}) {
			t.Errorf("deleted %v", i.Act.RemoteIDs)
		}
		a.done(i)
		if m := a.read(); m.DeletedAt.IsZero() || len(m.Amendments) != 0 {
			t.Errorf("deleted: %+v", m)
		}
		line, err := a.inbox.Timeline(t.Context(), a.anna, a.conv, "", 50)
		if err != nil || !slices.ContainsFunc(line.Items, func(i inbox.TimelineItem) bool {
			return i.Entry != nil && i.Entry.Type == "deleted" && i.Entry.Data["was"] == nil
		}) {
			t.Errorf("the timeline tells nothing of it, or too much: %+v %v", line, err)
		}
		if row := a.row(a.anna); row.LastText != "" {
			t.Errorf("the list still shows %q", row.LastText)
		}
		a.deliver(says("v1", "k2", "My card is 1234"))
		if row := a.row(a.anna); row.LastText != "My card is 1234" {
			t.Errorf("the list shows %q", row.LastText)
		}
		a.deliver(channels.Event{Key: "k3", Chat: "v1", Delete: &channels.Delete{RemoteID: "r-k2"}})
		if row := a.row(a.anna); row.LastText != "" {
			t.Errorf("the list still shows what its author took back: %q", row.LastText)
		}
		_, err = a.inbox.Edit(t.Context(), a.anna, a.sent, inbox.Words{Text: "Back again"})
		a.refused("edit what is gone", "message_deleted", err)
	})
}

func TestReactionStandsUntilTakenBack(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		for _, emoji := range []string{"👍", "❤️"} { // the second with the mark that asks for colour
			a.react(emoji)
			i := a.under(outbox.React)
			if i.Act.Emoji != emoji {
				t.Errorf("sent %q", i.Act.Emoji)
			}
			a.done(i)
			if m := a.read(); m.OwnReaction() != emoji || len(m.Amendments) != 1 {
				t.Errorf("reaction: %+v", m.Amendments)
			}
			a.react(emoji)
			a.idle("it is so already")
		}
		a.settle(a.db.Amending(), func() outbox.Item { a.react(""); return a.under(outbox.React) }(), outbox.Verdict{Outcome: outbox.Failed, Code: "gone"})
		if m := a.read(); m.OwnReaction() != "❤️" || len(m.Amendments) != 2 {
			t.Errorf("a refusal changes nothing: %+v", m.Amendments)
		}
		a.react("")
		a.done(a.under(outbox.React))
		if m := a.read(); m.OwnReaction() != "" || len(m.Amendments) != 0 {
			t.Errorf("taken back: %+v", m.Amendments)
		}
		_, err := a.inbox.React(t.Context(), a.anna, a.sent, "🦀")
		a.refused("an emoji that it has not", "unsupported", err)
	})
}

func TestAmendmentSurvivesItsNode(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		a.edit("It is on its way.")
		lost := a.under(outbox.Edit)
		if err := a.db.FreeOutbox(t.Context()); err != nil {
			t.Fatal(err)
		}
		a.add(2 * time.Minute)
		if n, err := a.db.Amending().Expire(t.Context(), a.Now()); n != 1 || err != nil {
			t.Fatalf("expired %d, %v", n, err)
		}
		if m := a.read(); m.Amendments[0].State != inbox.AmendQueued || m.Amendments[0].ErrorCode != outbox.CodeExpired {
			t.Errorf("after the node was lost: %+v", m.Amendments)
		}
		again := a.under(outbox.Edit)
		a.settle(a.db.Amending(), lost, outbox.Verdict{Outcome: outbox.Failed}) // a late word of the lost attempt
		a.done(again)
		if m := a.read(); m.Text != "It is on its way." || len(m.Amendments) != 0 || again.Out.Attempt != 2 {
			t.Errorf("in the end: %+v", m)
		}
	})
}

func TestOnlyTheOwnerAmends(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		account := a.row(a.anna).AccountID
		newPost(t, a.db).exec(`INSERT INTO leases (account_id, node, fence) VALUES ($1, 'n2', 5)`, int64(account))
		a.edit("It is on its way.")
		for want, fence := range []channels.Fence{4, 5} { // the former owner finds nothing, the present one does
			items, err := a.db.Amending().Claim(t.Context(), a.Now(), []outbox.Want{{AccountID: account, Limit: 10, Until: a.Now().Add(time.Minute), Fence: fence}})
			if err != nil || len(items) != want {
				t.Errorf("fence %d claims %d, want %d, %v", fence, len(items), want, err)
			}
		}
	})
}

func TestWhoMayAmendWhat(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		edit := func(v actor.Viewer, id inbox.MessageID) error {
			_, err := a.inbox.Edit(t.Context(), v, id, inbox.Words{Text: "x"})
			return err
		}
		page, err := a.inbox.Messages(t.Context(), a.anna, a.conv, inbox.MessageFilter{})
		if err != nil {
			t.Fatal(err)
		}
		a.refused("the contact's words", "not_ours", edit(a.anna, page.Items[0].ID))
		a.refused("a stranger's conversation", "message_not_found", edit(actor.Viewer{AgentID: 9, Scope: actor.Own}, a.sent))
		all := a.boris
		all.Scope = actor.All
		a.refused("a colleague's words", "not_yours", edit(all, a.sent))
		waiting := a.write(a.anna, inbox.Answer{Text: "Not yet"})
		a.refused("what is not sent", "not_sent_yet", edit(a.anna, waiting.ID))
		_, err = a.inbox.Edit(t.Context(), a.anna, a.sent, inbox.Words{})
		a.refused("nothing", "required", err)
		_, err = a.inbox.Edit(t.Context(), a.anna, a.sent, inbox.Words{HTML: "<b></b>"})
		a.refused("html without a word where there is none", "required", err)
		a.rest = inbox.AccountArchived
		a.refused("an archived account", inbox.CodeArchived, edit(a.anna, a.sent))
		a.rest = ""
		a.add(2 * time.Hour)
		a.refused("too late", "edit_too_late", edit(a.anna, a.sent))
		_, err = a.inbox.Delete(t.Context(), a.anna, a.sent)
		a.refused("too late to delete", "delete_too_late", err)
		a.limits.EditWindow, a.limits.Reactions = 0, false
		a.refused("no edits", "edit_unsupported", edit(a.anna, a.sent))
		_, err = a.inbox.React(t.Context(), a.anna, a.sent, "👍")
		a.refused("no reactions", "reaction_unsupported", err)

		note := a.write(a.anna, inbox.Answer{Kind: inbox.KindNote, Text: "A nite"})
		if m, err := a.inbox.Edit(t.Context(), a.anna, note.ID, inbox.Words{Text: "A note"}); err != nil || m.Text != "A note" || m.EditedAt.IsZero() {
			t.Errorf("a note: %+v %v", m, err)
		}
		if m, err := a.inbox.Delete(t.Context(), a.anna, note.ID); err != nil || m.DeletedAt.IsZero() {
			t.Errorf("a note that is deleted: %+v %v", m, err)
		}
		if err := edit(all, note.ID); errors.Is(err, inbox.ErrNoMessage) {
			t.Errorf("a colleague's note: %v", err)
		}
	})
}
