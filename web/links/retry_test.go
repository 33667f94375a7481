package links_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/web/links"
	"parley/web/rest"
)

// network is a running account whose adapter reads "good" and takes nothing else.
type network struct {
	channels.Adapter
	taken  []channels.Event
	broken bool
}

func (n *network) Receive(ctx context.Context, r channels.Request, in channels.Inbound) (channels.Response, error) {
	ev := channels.Event{Key: "k", Direction: channels.Inward, Chat: "c", Raw: r.Body}
	if string(r.Body) == "good" {
		ev.Message = &channels.Message{Text: "good"}
	} else {
		ev.Problem = "not good"
	}
	_, err := in.Deliver(ctx, channels.Batch{Events: []channels.Event{ev}})
	return channels.Response{}, err
}

func (n *network) Cursor(context.Context, string) (string, error) { return "", nil }
func (n *network) Report(context.Context, channels.Status)        {}
func (n *network) Deliver(_ context.Context, b channels.Batch) ([]channels.Outcome, error) {
	if n.broken {
		return nil, errors.New("the database is away")
	}
	n.taken = append(n.taken, b.Events...)
	return []channels.Outcome{{Key: b.Events[0].Key, Kind: channels.OutcomeMessage, MessageID: 7}}, nil
}

// running finds the network under account 1.
type running struct{ *network }

func (running) Knock(context.Context, channels.AccountID, string) error { return nil }

func (r running) Adapter(id channels.AccountID) (channels.Adapter, bool) { return r.network, id == 1 }
func (r running) Inbound(id channels.AccountID) (channels.Inbound, bool) { return r.network, id == 1 }
func (r running) Receive(context.Context, channels.AccountID, string, channels.Request) (channels.Response, error) {
	return channels.Response{}, errors.New("not asked for here")
}

// shelf is a quarantine in memory.
type shelf map[int64]string // id → raw

func (shelf) Received(context.Context, actor.Viewer, channels.AccountID, string, int) ([]inbox.ReceivedEvent, string, error) {
	return nil, "", nil
}

func (shelf) Quarantine(context.Context, actor.Viewer, string, int) ([]inbox.ReceivedEvent, string, error) {
	return nil, "", nil
}

func (s shelf) Quarantined(_ context.Context, _ actor.Viewer, id int64) (inbox.ReceivedEvent, bool, error) {
	raw, found := s[id]
	return inbox.ReceivedEvent{ID: id, AccountID: 1, Key: "k", Raw: raw}, found, nil
}
func (shelf) QuarantineSizes(context.Context, actor.Viewer) (map[channels.AccountID]int, error) {
	return nil, nil
}
func (s shelf) FreeKey(context.Context, int64) error              { return nil }
func (s shelf) LeaveQuarantine(_ context.Context, id int64) error { delete(s, id); return nil }

// gate lets an administrator in.
type gate struct{}

func (gate) Authenticate(context.Context, string) (auth.Principal, error) {
	return auth.Principal{}, auth.ErrUnauthenticated
}

func (gate) AuthenticateKey(context.Context, string) (auth.Viewer, error) {
	return auth.Viewer{Role: auth.RoleAdmin, Reach: auth.ReachAll, Key: 1}, nil
}

func TestRetryTakesInWhatIsUnderstoodByNow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id     string
		broken bool
		status int
		taken  int
		stays  bool
	}{
		"understood by now": {"1", false, 200, 1, false},
		"still odd":         {"2", false, 409, 0, true},
		"not stored":        {"1", true, 503, 0, true},
		"unknown":           {"9", false, 404, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := &network{broken: c.broken}
			kept := shelf{1: "good", 2: "odd"}
			app := fiber.New(fiber.Config{Immutable: true, StreamRequestBody: true})
			api := rest.New(app, rest.Options{Gate: gate{}, Log: slog.New(slog.DiscardHandler)})
			links.New(nil, running{n}, kept, "").Declare(api)
			req := httptest.NewRequest("POST", "/api/v1/quarantine/"+c.id+"/retry", nil)
			req.Header.Set("Authorization", "Bearer x")
			res, err := app.Test(req, 5000)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != c.status || len(n.taken) != c.taken || (len(kept) == 2) != c.stays {
				t.Errorf("%d %s; taken %d, kept %v", res.StatusCode, body, len(n.taken), kept)
			}
			if strings.Contains(string(body), "database") {
				t.Errorf("the cause is shown: %s", body)
			}
			if c.status != 200 {
				return
			}
			var page struct {
				Items []struct {
					MessageID string `json:"message_id"`
				}
			}
			if err := json.Unmarshal(body, &page); err != nil || len(page.Items) != 1 || page.Items[0].MessageID != "7" {
				t.Errorf("%s %v", body, err)
			}
		})
	}
}
