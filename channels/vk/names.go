package vk

import (
	"context"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// nameWait bounds how long an update waits for names: a webhook's answer must not hang on them.
	nameWait = 2 * time.Second
	// nameBatch is how many names one call asks for; users.get takes 1,000, the others 100 to 500.
	nameBatch = 100
	// nameCache is how many names are remembered.
	nameCache = 20_000
	// nameAge is after how long a name is looked up anew.
	nameAge = 24 * time.Hour
)

// directory remembers what people, communities and chats are called. It is safe for concurrent use.
type directory struct {
	api *api
	log *slog.Logger
	now func() time.Time

	mu    sync.Mutex
	known map[int64]named
}

type named struct {
	name string
	at   time.Time
}

func newDirectory(a *api, log *slog.Logger, now func() time.Time) *directory {
	return &directory{api: a, log: log, now: now, known: map[int64]named{}}
}

// lookUp returns the names of ids. It asks VK for strangers only, and goes without what does not
// come in time.
func (d *directory) lookUp(ctx context.Context, ids []int64) map[int64]string {
	out, strangers := d.recall(ids)
	if len(strangers) == 0 {
		return out
	}
	ctx, cancel := context.WithTimeout(ctx, nameWait)
	defer cancel()
	for _, kind := range []struct {
		want  func(id int64) bool
		fetch func(ctx context.Context, ids []int64) (map[int64]string, error)
	}{
		{func(id int64) bool { return id > 0 && id < firstChat }, d.users},
		{func(id int64) bool { return id < 0 }, d.groups},
		{func(id int64) bool { return id >= firstChat }, d.chats},
	} {
		var batch []int64
		for _, id := range strangers {
			if kind.want(id) && len(batch) < nameBatch {
				batch = append(batch, id)
			}
		}
		if len(batch) == 0 {
			continue
		}
		found, err := kind.fetch(ctx, batch)
		if err != nil {
			d.log.Debug("names were not looked up", "count", len(batch), "error", err)
			continue
		}
		d.keep(batch, found)
		for id, name := range found {
			out[id] = name
		}
	}
	return out
}

// recall divides ids into those whose names are known, and strangers.
func (d *directory) recall(ids []int64) (known map[int64]string, strangers []int64) {
	known = map[int64]string{}
	asked := map[int64]bool{}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, id := range ids {
		if n, ok := d.known[id]; ok && d.now().Sub(n.at) < nameAge {
			known[id] = n.name
		} else if id != 0 && !asked[id] {
			asked[id] = true
			strangers = append(strangers, id)
		}
	}
	return known, strangers
}

// keep remembers names, and that VK knows none for the rest.
func (d *directory) keep(asked []int64, found map[int64]string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.known)+len(asked) > nameCache {
		clear(d.known)
	}
	for _, id := range asked {
		d.known[id] = named{name: found[id], at: d.now()}
	}
}

func joined(ids []int64) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(texts, ",")
}

func (d *directory) users(ctx context.Context, ids []int64) (map[int64]string, error) {
	var people []struct {
		ID    int64  `json:"id"`
		First string `json:"first_name"`
		Last  string `json:"last_name"`
	}
	if err := d.api.ask(ctx, "users.get", url.Values{"user_ids": {joined(ids)}}, &people); err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, p := range people {
		names[p.ID] = strings.TrimSpace(p.First + " " + p.Last)
	}
	return names, nil
}

func (d *directory) groups(ctx context.Context, ids []int64) (map[int64]string, error) {
	positive := make([]int64, len(ids))
	for i, id := range ids {
		positive[i] = -id
	}
	var answer struct {
		Groups []struct {
			ID   int64  `json:"id"`
			Name string `json:"name"`
		} `json:"groups"`
	}
	if err := d.api.ask(ctx, "groups.getById", url.Values{"group_ids": {joined(positive)}}, &answer); err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, g := range answer.Groups {
		names[-g.ID] = g.Name
	}
	return names, nil
}

func (d *directory) chats(ctx context.Context, ids []int64) (map[int64]string, error) {
	var answer struct {
		Items []struct {
			Peer struct {
				ID int64 `json:"id"`
			} `json:"peer"`
			Settings struct {
				Title string `json:"title"`
			} `json:"chat_settings"`
		} `json:"items"`
	}
	if err := d.api.ask(ctx, "messages.getConversationsById", url.Values{"peer_ids": {joined(ids)}}, &answer); err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, c := range answer.Items {
		names[c.Peer.ID] = c.Settings.Title
	}
	return names, nil
}
