package app_test

import (
	"net/http"
	"testing"
	"time"

	"parley/channels/fake"
	"parley/internal/secret"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

type withMedia struct {
	Seq         int64 `json:"seq"`
	Attachments []struct{ Name string }
	Media       []struct{ Name, Kind, State string }
}

func (n *node) withMedia() (list []withMedia) {
	n.t.Helper()
	for _, c := range n.list("/api/v1/conversations") {
		var p page[withMedia]
		n.must(http.MethodGet, "/api/v1/conversations/"+c.ID+"/messages", n.key, nil, &p)
		list = append(list, p.Items...)
	}
	return list
}

// TestAnnouncedFiles has an album come in while its network hands nothing over, the
// program restart, and the files come but one, which is gone.
func TestAnnouncedFiles(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		if place.URL == "" && place.Dir == "" {
			place.Dir = t.TempDir()
		}
		key, network := secret.NewKey(), fake.NewNetwork(fake.Messenger(), "token", time.Now)
		lost := make([]fake.Fault, 200)
		for i := range lost {
			lost[i] = fake.Unavailable
		}
		network.Script(fake.MethodFetch, lost...)
		first := boot(t, place, key, fake.NewDriver(network))
		first.must(http.MethodPost, "/api/v1/accounts", first.key, map[string]any{"kind": "fake", "name": "Fake", "config": map[string]any{"token": "token"}}, nil)
		network.WriteFiles("olga", "Olga", "", "a1", "one")
		network.WriteFiles("olga", "Olga", "", "a1", "two")
		until(t, "the album is one message whose files are late", func() bool {
			list := first.withMedia()
			return len(list) == 1 && len(list[0].Media) == 2 && list[0].Media[0].State == "waiting" && list[0].Media[0].Kind == "photo"
		})
		first.stop()
		network.Forget(fake.MethodFetch)
		network.Script(fake.MethodFetch, fake.Rejected)
		second := boot(t, place, key, fake.NewDriver(network))
		until(t, "one file is there and one is gone", func() bool {
			list := second.withMedia()
			return len(list) == 1 && len(list[0].Attachments) == 1 && len(list[0].Media) == 1 && list[0].Media[0].State == "gone"
		})
	})
}
