package telegramtest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// pending is an update that nobody has confirmed.
type pending struct {
	id  int64
	raw []byte
}

// byDefault are the updates that come without being asked for: all but these (setWebhook, allowed_updates).
var notByDefault = []string{"chat_member", "message_reaction", "message_reaction_count"}

// Update offers an update of a kind, and returns its id: 0 when the bot did not ask for such.
func (b *Bot) Update(kind string, body any) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.update(kind, body)
}

func (b *Bot) update(kind string, body any) int64 {
	if b.allowed == nil && slices.Contains(notByDefault, kind) || b.allowed != nil && !slices.Contains(b.allowed, kind) {
		return 0
	}
	u := pending{id: b.nextUpdate}
	u.raw = encode(Object{"update_id": u.id, kind: body})
	b.nextUpdate++
	b.queue = append(b.queue, u)
	if b.onUpdate != nil {
		b.onUpdate(u.raw)
	}
	b.news()
	return u.id
}

// Again offers an update once more, as it was.
func (b *Bot) Again(raw []byte) {
	var u struct {
		ID int64 `json:"update_id"`
	}
	if json.Unmarshal(raw, &u) != nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queue = append(b.queue, pending{u.ID, raw})
	b.news()
}

// Renumber makes ids begin anew, as they do after an idle week.
func (b *Bot) Renumber(next int64) { b.mu.Lock(); b.nextUpdate = next; b.mu.Unlock() }

// GarbleNext makes the next poll be answered with these bytes.
func (b *Bot) GarbleNext(raw []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.garbled = append(b.garbled, raw)
	b.news()
}

// PushRaw offers bytes that are no update, to a bot that has its updates pushed.
func (b *Bot) PushRaw(raw []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queue = append(b.queue, pending{0, raw})
	b.news()
}

// allow remembers what is asked for. The lock is held.
func (b *Bot) allow(p Params) {
	if kinds, ok := p.object("allowed_updates").([]any); ok {
		b.allowed = nil
		for _, k := range kinds {
			if name, ok := k.(string); ok {
				b.allowed = append(b.allowed, name)
			}
		}
	}
}

// confirm drops the updates below an offset. The lock is held.
func (b *Bot) confirm(done func(pending) bool) {
	b.queue = slices.DeleteFunc(b.queue, func(u pending) bool {
		if !done(u) {
			return false
		}
		if b.onAck != nil {
			b.onAck(u.raw)
		}
		return true
	})
}

const conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"

// getUpdates serves a poll: it waits for news, and ends when another poll begins.
func (b *Bot) getUpdates(ctx context.Context, p Params) answer {
	offset, limit := p.number("offset"), p.number("limit")
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	timer := time.NewTimer(time.Duration(p.number("timeout")) * time.Second)
	defer timer.Stop()
	b.mu.Lock()
	b.poll++
	mine := b.poll
	b.pollFrom = offset
	b.allow(p)
	b.confirm(func(u pending) bool { return u.id < offset })
	b.news()
	for late := false; ; {
		a, ready := b.pollAnswer(mine, offset, limit)
		if ready || late {
			b.mu.Unlock()
			return a
		}
		changed := b.changed
		b.mu.Unlock()
		select {
		case <-changed:
		case <-timer.C:
			late = true
		case <-ctx.Done():
			return answer{silent: true}
		}
		b.mu.Lock()
	}
}

// pollAnswer is what a poll gets now. ready is false while there is nothing. The lock is held.
func (b *Bot) pollAnswer(mine int, offset, limit int64) (a answer, ready bool) {
	switch {
	case b.denied:
		return refuse(http.StatusUnauthorized, "Unauthorized"), true
	case b.poll != mine:
		return refuse(http.StatusConflict, conflict), true
	case b.webhook.URL != "":
		return refuse(http.StatusConflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"), true
	case len(b.garbled) > 0:
		a = answer{status: http.StatusOK, body: b.garbled[0]}
		b.garbled = b.garbled[1:]
		return a, true
	}
	found := []json.RawMessage{}
	for _, u := range b.queue {
		if u.id >= offset && int64(len(found)) < limit {
			found = append(found, u.raw)
		}
	}
	return grant(found), len(found) > 0
}

// Listening tells whether somebody polls, or has updates pushed.
func (b *Bot) Listening() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.poll > 0 || b.webhook.URL != ""
}

// CaughtUp tells whether all is confirmed, and the poll that came after it takes whatever comes.
func (b *Bot) CaughtUp() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.poll > 0 && b.pollFrom == 0 && len(b.queue) == 0
}

// SetHook makes the webhook another's.
func (b *Bot) SetHook(url string) { b.mu.Lock(); b.webhook.URL = url; b.mu.Unlock() }

// HookTrouble makes the network say that it cannot push, "" that it can again.
func (b *Bot) HookTrouble(text string) { b.mu.Lock(); b.trouble = text; b.mu.Unlock() }
