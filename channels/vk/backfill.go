package vk

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"time"

	"parley/channels"
)

const (
	// pageSize is how many conversations or messages one call returns; VK's most.
	pageSize = 200
	// overlap is how far before the cursor's time history is read, because clocks differ and events
	// come late. Messages that are known already are recognised by their keys.
	overlap = 15 * time.Minute
	// connecting is how far before its first connection an account's messages are read.
	connecting = time.Minute
	// callPause keeps the reading of history well below 20 calls a second.
	callPause = 100 * time.Millisecond
	// maxHistory bounds what is read of one conversation at a time.
	maxHistory = 10_000
	// watchEvery is how often the conversations are looked through where VK pushes: it gives up on
	// pushes that fail for long, and does not say which.
	watchEvery = 10 * time.Minute
)

// catchUp reads from the conversations what the events no longer tell, then moves the cursor to a
// new beginning that was named before.
func (a *Account) catchUp(ctx context.Context, in channels.Inbound, at *cursor, ts string) *channels.Error {
	begun := a.now()
	if err := a.backfill(ctx, in, at.Since-int64(overlap/time.Second)); err != nil {
		return err
	}
	next := cursor{TS: ts, Group: a.settings.group, Since: begun}
	if err := commit(ctx, in, nil, next); err != nil {
		return err
	}
	*at = next
	return nil
}

// watch looks through the conversations now and then while VK pushes.
func (a *Account) watch(ctx context.Context, in channels.Inbound) *channels.Error {
	at, _, err := a.loadCursor(ctx, in)
	if err != nil {
		return err
	}
	if err := a.known(ctx); err != nil {
		return err
	}
	if err := a.catchUp(ctx, in, &at, ""); err != nil {
		return err
	}
	in.Report(ctx, channels.Status{State: channels.StateConnected})
	for ctx.Err() == nil {
		if pauseFor(ctx, watchEvery); ctx.Err() != nil {
			break
		}
		if err := a.catchUp(ctx, in, &at, ""); err != nil {
			return err
		}
	}
	return nil
}

// backfill delivers the messages of all conversations since a time, oldest first in each.
func (a *Account) backfill(ctx context.Context, in channels.Inbound, since int64) *channels.Error {
	for offset := 0; ; offset += pageSize {
		var page struct {
			Items []struct {
				Conversation struct {
					Peer struct {
						ID int64 `json:"id"`
					} `json:"peer"`
				} `json:"conversation"`
				Last struct {
					Date      int64 `json:"date"`
					UpdatedAt int64 `json:"update_time"`
				} `json:"last_message"`
			} `json:"items"`
		}
		err := a.page(ctx, "messages.getConversations", url.Values{"offset": {strconv.Itoa(offset)}}, &page)
		if err != nil {
			return err
		}
		fresh := false
		for _, item := range page.Items {
			if max(item.Last.Date, item.Last.UpdatedAt) < since {
				continue
			}
			fresh = true
			if err := a.conversation(ctx, in, item.Conversation.Peer.ID, since); err != nil {
				return err
			}
		}
		if !fresh || len(page.Items) < pageSize { // the latest come first
			return nil
		}
	}
}

// conversation delivers what was written in one conversation since a time.
func (a *Account) conversation(ctx context.Context, in channels.Inbound, peer, since int64) *channels.Error {
	var raws [][]byte
	for offset, done := 0, false; !done && len(raws) < maxHistory; offset += pageSize {
		var page struct {
			Items []json.RawMessage `json:"items"`
		}
		err := a.page(ctx, "messages.getHistory", url.Values{"peer_id": {id(peer)}, "offset": {strconv.Itoa(offset)}}, &page)
		if err != nil {
			return err
		}
		done = len(page.Items) < pageSize
		for _, raw := range page.Items {
			var when struct {
				Date      int64 `json:"date"`
				UpdatedAt int64 `json:"update_time"`
			}
			if json.Unmarshal(raw, &when) == nil && max(when.Date, when.UpdatedAt) < since {
				done = when.Date < since
				continue
			}
			raws = append(raws, raw)
		}
	}
	if len(raws) >= maxHistory {
		a.env.Log.Warn("history is read in part", "messages", len(raws))
	}
	slices.Reverse(raws)
	return a.history(ctx, in, raws, since)
}

// history delivers messages as if their events had come. One that was written before and changed
// since is delivered as it is now, and its change besides: whichever is known already, the other is
// new.
func (a *Account) history(ctx context.Context, in channels.Inbound, raws [][]byte, since int64) *channels.Error {
	for page := range slices.Chunk(raws, pageSize) {
		updates := make([]update, 0, len(page))
		var ids []int64
		for _, raw := range page {
			u := update{Type: "message_new", Object: raw}
			ids = append(ids, people(u)...)
			updates = append(updates, u)
			var m message
			if json.Unmarshal(raw, &m) == nil && m.UpdatedAt >= since {
				updates = append(updates, update{Type: "message_edit", Object: raw})
			}
		}
		m := a.mapper(ctx, ids)
		var events []channels.Event
		for _, u := range updates {
			events = append(events, m.events(u, []byte(jsonText(u)))...)
		}
		if len(events) == 0 {
			continue
		}
		if _, err := in.Deliver(ctx, channels.Batch{Events: events}); err != nil {
			return notStored(err)
		}
	}
	return nil
}

// page asks for one page of what is read in the background.
func (a *Account) page(ctx context.Context, method string, params url.Values, out any) *channels.Error {
	pauseFor(ctx, callPause)
	params.Set("group_id", id(a.settings.group))
	params.Set("count", strconv.Itoa(pageSize))
	return a.api.ask(ctx, method, params, out)
}
