package alerts

import (
	"context"
	"net/http"
	"time"

	"parley/internal/notify"
	"parley/web/rest"
)

// Alerts declares the operations of this package.
type Alerts struct{ bell *notify.Bell }

// New makes an Alerts.
func New(b *notify.Bell) *Alerts { return &Alerts{b} }

// Declare adds the operations to an API.
func (a *Alerts) Declare(api *rest.API) {
	read, write := rest.Read("notifications").Person(), rest.Write("notifications").Person()
	const browsers = "/notifications/browsers"
	rest.Add(api, rest.Op{ID: "get-notification-settings", Method: http.MethodGet, Path: "/notifications/settings", Need: read, Summary: "How one wishes to be told"}, a.get)
	rest.Add(api, rest.Op{ID: "set-notification-settings", Method: http.MethodPut, Path: "/notifications/settings", Need: write, Summary: "Change how one wishes to be told"}, a.put)
	rest.Add(api, rest.Op{ID: "get-push-key", Method: http.MethodGet, Path: "/notifications/push-key", Need: read, Summary: "The key that browsers subscribe with"}, a.key)
	rest.Add(api, rest.Op{ID: "list-push-browsers", Method: http.MethodGet, Path: browsers, Need: read, Summary: "One's browsers that show notifications"}, a.list)
	rest.Add(api, rest.Op{ID: "add-push-browser", Method: http.MethodPost, Path: browsers, Need: write, Status: http.StatusCreated, Summary: "Let this browser show notifications while the session lasts"}, a.add)
	rest.Add(api, rest.Op{ID: "remove-push-browser", Method: http.MethodDelete, Path: browsers + "/{id}", Need: write, Summary: "Show no more notifications in a browser"}, a.remove)
	rest.Add(api, rest.Op{ID: "try-push-browser", Method: http.MethodPost, Path: browsers + "/{id}/test", Need: write, Summary: "Send a notification to a browser, to see whether it works"}, a.try)
}

// NotificationSettings are how somebody wishes to be told.
type NotificationSettings struct {
	Ways  map[notify.Kind][]notify.Way `json:"ways" doc:"For each of assigned, message, mention, followed, warning, breach and escalation the ways that are on: badge, sound, push, mail (when away)."`
	Quote bool                         `json:"quote" doc:"Pushes say who wrote, and the beginning of what. Otherwise they hold no text of anybody."`
	Quiet QuietHours                   `json:"quiet"`
}

// QuietHours are when nothing sounds or pushes; mails wait for their end.
type QuietHours struct {
	On   bool   `json:"on"`
	From string `json:"from" doc:"Such as 22:00."`
	To   string `json:"to" doc:"Such as 08:00, of the next day."`
	Zone string `json:"zone" doc:"Such as Europe/Moscow."`
}

func show(p notify.Prefs) NotificationSettings {
	out := NotificationSettings{Ways: map[notify.Kind][]notify.Way{}, Quote: p.Quote, Quiet: QuietHours(p.Quiet)}
	for _, k := range notify.Kinds() {
		out.Ways[k] = append([]notify.Way{}, p.Ways[k]...)
	}
	return out
}

func (a *Alerts) get(ctx context.Context, who rest.Caller, _ *struct{}) (*rest.Body[NotificationSettings], error) {
	p, err := a.bell.Prefs(ctx, int64(who.Auth.AgentID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(show(p)), nil
}

func (a *Alerts) put(ctx context.Context, who rest.Caller, in *struct{ Body NotificationSettings }) (*rest.Body[NotificationSettings], error) {
	p := notify.Prefs{Ways: in.Body.Ways, Quote: in.Body.Quote, Quiet: notify.Quiet(in.Body.Quiet)}
	if err := a.bell.SetPrefs(ctx, int64(who.Auth.AgentID), p); err != nil {
		return nil, err
	}
	return a.get(ctx, who, nil)
}

// PushKey is what browsers subscribe with.
type PushKey struct {
	Key string `json:"key" doc:"The applicationServerKey of PushManager.subscribe, in base64url."`
}

func (a *Alerts) key(context.Context, rest.Caller, *struct{}) (*rest.Body[PushKey], error) {
	return rest.Reply(PushKey{a.bell.PublicKey()}), nil
}

// PushBrowser is a browser that shows notifications.
type PushBrowser struct {
	ID        rest.ID   `json:"id"`
	Browser   string    `json:"browser" doc:"As it calls itself."`
	Current   bool      `json:"current" doc:"Of the session that asks."`
	CreatedAt time.Time `json:"created_at"`
}

func showBrowser(who rest.Caller) func(notify.Subscription) PushBrowser {
	return func(s notify.Subscription) PushBrowser {
		return PushBrowser{ID: rest.IDOf(s.ID), Browser: s.Browser, Current: s.Session == int64(who.Auth.Session), CreatedAt: rest.Time(s.CreatedAt)}
	}
}

func (a *Alerts) list(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[PushBrowser]], error) {
	list, err := a.bell.Browsers(ctx, int64(who.Auth.AgentID))
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, *in, showBrowser(who))
}

// NewPushBrowser is what PushSubscription.toJSON gives.
type NewPushBrowser struct {
	Endpoint string `json:"endpoint" maxLength:"2000"`
	Keys     struct {
		P256DH string `json:"p256dh" maxLength:"200"`
		Auth   string `json:"auth" maxLength:"100"`
	} `json:"keys"`
	ExpirationTime *float64 `json:"expirationTime,omitempty" doc:"Ignored: push services say so when it is over."`
}

func (a *Alerts) add(ctx context.Context, who rest.Caller, in *struct {
	Agent string `header:"User-Agent"`
	Body  NewPushBrowser
}) (*rest.Body[PushBrowser], error) {
	s, err := a.bell.Subscribe(ctx, notify.Offer{
		Endpoint: in.Body.Endpoint, P256DH: in.Body.Keys.P256DH, Auth: in.Body.Keys.Auth,
		Agent: int64(who.Auth.AgentID), Session: int64(who.Auth.Session), Browser: in.Agent,
	})
	if err != nil {
		return nil, err
	}
	return rest.Reply(showBrowser(who)(s)), nil
}

// ByID is embedded in the inputs of operations on one browser.
type ByID struct {
	ID rest.ID `path:"id"`
}

func (a *Alerts) remove(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	return nil, a.bell.Unsubscribe(ctx, int64(who.Auth.AgentID), rest.Num[int64](in.ID))
}

func (a *Alerts) try(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	return nil, a.bell.Try(ctx, int64(who.Auth.AgentID), rest.Num[int64](in.ID), who.Language)
}
