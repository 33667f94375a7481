package notify_test

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/fault"
	"parley/internal/notify"
	"parley/internal/notify/webpush"
)

// tower is everything around a Bell, in memory, with one agent who has one browser.
type tower struct {
	*office
	bell    *notify.Bell
	who     notify.Hearer
	told    []notify.Told
	subs    []notify.Subscription
	mailed  map[int64]bool
	left    []leftJob
	quote   notify.Quoted
	browser *browser
	unseen  map[int64]bool // conversations that the agent may not see
}

type leftJob struct {
	kind, key, payload string
	due                time.Time
}

func (w *tower) AddTold(_ context.Context, t *notify.Told) (bool, error) {
	for _, have := range w.told {
		if have.Agent == t.Agent && have.Key == t.Key {
			return false, nil
		}
	}
	w.told = append(w.told, *t)
	return true, nil
}

func (w *tower) Told(_ context.Context, id int64) (notify.Told, bool, error) {
	for _, t := range w.told {
		if t.ID == id {
			return t, true, nil
		}
	}
	return notify.Told{}, false, nil
}

func (w *tower) Hearer(_ context.Context, agent int64, _ time.Time) (notify.Hearer, bool, error) {
	return w.who, agent == w.who.Agent, nil
}

func (w *tower) SetPrefs(_ context.Context, _ int64, p notify.Prefs) error {
	w.who.Prefs = p
	return nil
}

func (w *tower) Quote(context.Context, int64) (notify.Quoted, bool, error) {
	return w.quote, w.quote.Author != "", nil
}

func (w *tower) NoteMailed(_ context.Context, _, conversation int64, _ time.Time) (bool, error) {
	first := !w.mailed[conversation]
	w.mailed[conversation] = true
	return first, nil
}

func (w *tower) PutSubscription(_ context.Context, s notify.Subscription, _ int) error {
	w.subs = append(w.subs, s)
	return nil
}

func (w *tower) SubscriptionsOf(context.Context, int64, time.Time) ([]notify.Subscription, error) {
	return w.subs, nil
}

func (w *tower) Subscription(_ context.Context, id int64, _ time.Time) (notify.Subscription, bool, error) {
	for _, s := range w.subs {
		if s.ID == id {
			return s, true, nil
		}
	}
	return notify.Subscription{}, false, nil
}

func (w *tower) DropSubscription(_ context.Context, _, id int64) (bool, error) {
	had := len(w.subs)
	w.subs = nil
	return had > 0, nil
}

// browser is a browser and its push service.
type browser struct {
	url    string
	secret *ecdh.PrivateKey
	auth   []byte
	answer int
	after  string
	heads  []http.Header
	bodies [][]byte
}

func newBrowser(t *testing.T) *browser {
	secret, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{secret: secret, auth: make([]byte, 16), answer: http.StatusCreated}
	rand.Read(b.auth)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		b.heads, b.bodies = append(b.heads, r.Header), append(b.bodies, body)
		if b.after != "" {
			w.Header().Set("Retry-After", b.after)
		}
		w.WriteHeader(b.answer)
	}))
	t.Cleanup(server.Close)
	b.url = server.URL + "/s3cret-endpoint"
	return b
}

func (b *browser) offer() notify.Offer {
	encode := base64.RawURLEncoding.EncodeToString
	return notify.Offer{Endpoint: b.url, P256DH: encode(b.secret.PublicKey().Bytes()), Auth: encode(b.auth), Agent: 1, Session: 3, Browser: "Firefox"}
}

func newTower(t *testing.T) *tower {
	w := &tower{office: newOffice(), mailed: map[int64]bool{}, browser: newBrowser(t)}
	w.who = notify.Hearer{Agent: 1, Colleague: notify.Colleague{Email: "jane@example.com", Name: "Jane", Language: "en"}, Prefs: notify.DefaultPrefs()}
	sender, err := webpush.NewSender([]byte("seed"), "https://desk.example")
	if err != nil {
		t.Fatal(err)
	}
	id := int64(1000)
	mask := func(b []byte) []byte {
		out := bytes.Clone(b)
		for i := range out {
			out[i] ^= 0x5a
		}
		return out
	}
	w.bell = notify.NewBell(notify.BellOptions{
		Store: w, Post: w.post, Sender: sender, Client: http.DefaultClient,
		LeaveAt: func(_ context.Context, kind, key, payload string, due time.Time) error {
			w.left = append(w.left, leftJob{kind, key, payload, due})
			return nil
		},
		NextID: func(context.Context) (int64, error) { id++; return id, nil },
		MaySee: func(_ context.Context, agent, conversation int64) (bool, error) {
			return agent == w.who.Agent && !w.unseen[conversation], nil
		},
		Seal: func(plain, use []byte) []byte { return mask(append(bytes.Clone(use), plain...)) },
		Open: func(sealed, use []byte) ([]byte, error) {
			plain, ok := bytes.CutPrefix(mask(sealed), use)
			if !ok {
				return nil, errors.New("forged")
			}
			return plain, nil
		},
		Now: func() time.Time { return w.now },
		Log: slog.New(slog.NewTextHandler(&w.log, nil)),
	})
	if _, err := w.bell.Subscribe(t.Context(), w.browser.offer()); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *tower) ring(t *testing.T, key string, change func(*notify.Alert)) {
	t.Helper()
	a := notify.Alert{Agent: 1, Key: key, Kind: notify.Message, Conversation: 5, Number: 12, Message: 7, At: w.now}
	if change != nil {
		change(&a)
	}
	if err := w.bell.Ring(t.Context(), a); err != nil {
		t.Fatal(err)
	}
}

// kinds are the kinds of jobs that were left.
func (w *tower) kinds() string {
	var out []string
	for _, j := range w.left {
		out = append(out, strings.TrimPrefix(j.kind, "notify."))
	}
	return strings.Join(out, " ")
}

func TestWhoIsToldHow(t *testing.T) {
	t.Parallel()
	night := func(w *tower) {
		w.who.Prefs.Quiet = notify.Quiet{On: true, From: "10:00", To: "15:00", Zone: "Europe/Moscow"} // noon is three hours later there
		w.now = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)
	}
	for name, c := range map[string]struct {
		change       func(*tower)
		jobs         string
		told         int
		badge, sound bool
	}{
		"at the page":        {func(*tower) {}, "push", 1, true, true},
		"away":               {func(w *tower) { w.who.Away = true }, "push mail", 1, true, true},
		"quiet":              {night, "", 1, true, false},
		"away and quiet":     {func(w *tower) { night(w); w.who.Away = true }, "mail", 1, true, false},
		"no browser":         {func(w *tower) { w.subs = nil }, "", 1, true, true},
		"disabled":           {func(w *tower) { w.who.Disabled, w.who.Away = true, true }, "", 0, false, false},
		"nobody":             {func(w *tower) { w.who.Agent = 9 }, "", 0, false, false},
		"wishes nothing":     {func(w *tower) { w.who.Away = true; w.who.Prefs.Ways[notify.Message] = nil }, "", 1, false, false},
		"wishes mail only":   {func(w *tower) { w.who.Away = true; w.who.Prefs.Ways[notify.Message] = []notify.Way{notify.Mail} }, "mail", 1, false, false},
		"wishes others only": {func(w *tower) { w.who.Prefs.Ways[notify.Breach] = nil }, "push", 1, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTower(t)
			c.change(w)
			w.ring(t, "message:7", nil)
			w.ring(t, "message:7", nil) // the job ran again
			if w.kinds() != c.jobs || len(w.told) != c.told {
				t.Fatalf("left %q, told %d times", w.kinds(), len(w.told))
			}
			if c.told > 0 && (w.told[0].Badge != c.badge || w.told[0].Sound != c.sound) {
				t.Errorf("pages: %+v", w.told[0])
			}
			for _, j := range w.left {
				want := w.now
				if j.kind == notify.JobMail {
					want = w.now.Add(time.Minute)
					if strings.Contains(name, "quiet") {
						want = w.now.Add(time.Hour)
					}
				}
				if !j.due.Equal(want) || strings.Contains(j.payload+j.key, "example") {
					t.Errorf("%+v, want it at %s", j, want)
				}
			}
		})
	}
}

func TestMailsToWhoIsAway(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*tower)
		mails  int
		again  bool
	}{
		"still away":           {func(*tower) {}, 1, false},
		"came back":            {func(w *tower) { w.who.Away = false }, 0, false},
		"came back and left":   {func(w *tower) { w.who.Here = w.now.Add(30 * time.Second) }, 0, false},
		"away at an open page": {func(w *tower) { w.who.Apart, w.who.Here = true, w.now.Add(30*time.Second) }, 1, false},
		"got one already":      {func(w *tower) { w.mailed[5] = true }, 0, false},
		"may not see it now":   {func(w *tower) { w.unseen = map[int64]bool{5: true} }, 0, false},
		"may not see others":   {func(w *tower) { w.unseen = map[int64]bool{6: true} }, 1, false},
		"got one of another":   {func(w *tower) { w.mailed[6] = true }, 1, false},
		"disabled meanwhile":   {func(w *tower) { w.who.Disabled = true }, 0, false},
		"switched off":         {func(w *tower) { w.who.Prefs.Ways[notify.Message] = nil }, 0, false},
		"became quiet":         {func(w *tower) { w.who.Prefs.Quiet = notify.Quiet{On: true, From: "12:00", To: "13:00", Zone: "UTC"} }, 0, true},
		"swept away meanwhile": {func(w *tower) { w.told = nil }, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTower(t)
			w.who.Away, w.subs = true, nil
			w.ring(t, "message:7", nil)
			c.change(w)
			w.now = w.now.Add(time.Minute)
			again, err := w.bell.Mail(t.Context(), w.left[0].payload)
			if err != nil || again.IsZero() == c.again {
				t.Fatalf("%v, %v", again, err)
			}
			if len(w.jobs) != c.mails {
				t.Fatalf("%d mails", len(w.jobs))
			}
			if c.mails == 0 {
				return
			}
			if strings.Contains(w.jobs[0], "/inbox/5") {
				t.Error("what waits is in the open")
			}
			if err := w.post.Send(t.Context(), w.jobs[0]); err != nil {
				t.Fatal(err)
			}
			if l := w.sent[0]; l.To != "jane@example.com" || l.Subject != "Parley: new message, conversation 12" || !strings.Contains(l.Text, "https://desk.example/inbox/5\n") {
				t.Errorf("%+v", l)
			}
		})
	}
	w := newTower(t)
	if _, err := w.bell.Mail(t.Context(), "nonsense"); err == nil {
		t.Error("a malformed job is none")
	}
}

func TestWhatBecomesOfAPush(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change  func(*tower)
		reached int
		again   time.Duration
		dropped bool
	}{
		"taken":                  {func(*tower) {}, 1, 0, false},
		"gone":                   {func(w *tower) { w.browser.answer = 410 }, 1, 0, true},
		"unknown there":          {func(w *tower) { w.browser.answer = 404 }, 1, 0, true},
		"busy":                   {func(w *tower) { w.browser.answer = 503 }, 1, 30 * time.Second, false},
		"too many":               {func(w *tower) { w.browser.answer, w.browser.after = 429, "120" }, 1, 2 * time.Minute, false},
		"asks for ever":          {func(w *tower) { w.browser.answer, w.browser.after = 429, "99999999999" }, 1, 15 * time.Minute, false},
		"refused":                {func(w *tower) { w.browser.answer = 403 }, 1, 0, false},
		"too late":               {func(w *tower) { w.now = w.now.Add(2 * time.Hour) }, 0, 0, false},
		"may not see it now":     {func(w *tower) { w.unseen = map[int64]bool{5: true} }, 0, 0, false},
		"session ended":          {func(w *tower) { w.subs = nil }, 0, 0, false},
		"disabled":               {func(w *tower) { w.who.Disabled = true }, 0, 0, false},
		"sealed with other keys": {func(w *tower) { w.subs[0].Sealed = "AAAA" }, 0, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTower(t)
			w.quote = notify.Quoted{Author: "Ann", Text: "my card is 1234"}
			w.ring(t, "message:7", nil)
			had := len(w.subs)
			c.change(w)
			again, err := w.bell.Push(t.Context(), w.left[0].payload)
			if err != nil {
				t.Fatal(err)
			}
			if len(w.browser.bodies) != c.reached {
				t.Fatalf("reached %d times", len(w.browser.bodies))
			}
			if (c.again == 0) != again.IsZero() || c.again > 0 && again.Sub(w.now) != c.again {
				t.Errorf("again at %v", again)
			}
			if c.dropped != (len(w.subs) == 0 && had > 0) && name != "session ended" {
				t.Errorf("%d browsers are left", len(w.subs))
			}
			if strings.Contains(w.log.String(), "s3cret") || strings.Contains(w.log.String(), "127.0.0.1") {
				t.Errorf("logged: %s", w.log.String())
			}
		})
	}
	w := newTower(t)
	for _, job := range []string{"", "1", "x/y", "1/"} {
		if _, err := w.bell.Push(t.Context(), job); err == nil {
			t.Errorf("%q is no job", job)
		}
	}
}

func TestAPushQuotesOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	for _, quote := range []bool{false, true} {
		w := newTower(t)
		w.who.Prefs.Quote = quote
		w.quote = notify.Quoted{Author: "Ann", Text: "my card\nis 1234 " + strings.Repeat("ы", 5000)}
		w.ring(t, "message:7", nil)
		if _, err := w.bell.Push(t.Context(), w.left[0].payload); err != nil {
			t.Fatal(err)
		}
		if head := w.browser.heads[0]; head.Get("Content-Encoding") != "aes128gcm" || head.Get("TTL") == "" || !strings.HasPrefix(head.Get("Authorization"), "vapid t=") {
			t.Errorf("%v", head)
		}
		plain := decrypt(t, w.browser, 0)
		var p struct{ Title, Body, Path, Tag string }
		if err := json.Unmarshal([]byte(plain), &p); err != nil {
			t.Fatalf("%v: %s", err, plain)
		}
		if p.Title != "New message · 12" || p.Path != "/inbox/5" || p.Tag != "conversation/5" {
			t.Errorf("%+v", p)
		}
		if quoted := strings.HasPrefix(p.Body, "Ann: my card is 1234 ы"); quoted != quote || !quote && (p.Body != "" || strings.Contains(plain, "Ann")) || len(p.Body) > 1000 {
			t.Errorf("quote %v: %s", quote, plain)
		}
	}
}

func TestOffersOfBrowsersAreChecked(t *testing.T) {
	t.Parallel()
	w := newTower(t)
	for name, c := range map[string]struct {
		change func(*notify.Offer)
		path   string
	}{
		"right":           {func(*notify.Offer) {}, ""},
		"by TLS":          {func(o *notify.Offer) { o.Endpoint = "https://push.example/abc" }, ""},
		"in the open":     {func(o *notify.Offer) { o.Endpoint = "http://push.example/abc" }, "endpoint"},
		"no address":      {func(o *notify.Offer) { o.Endpoint = "push" }, "endpoint"},
		"a file":          {func(o *notify.Offer) { o.Endpoint = "file:///etc/passwd" }, "endpoint"},
		"with a password": {func(o *notify.Offer) { o.Endpoint = "https://a:b@push.example/" }, "endpoint"},
		"too long":        {func(o *notify.Offer) { o.Endpoint = "https://push.example/" + strings.Repeat("a", 2000) }, "endpoint"},
		"no key":          {func(o *notify.Offer) { o.P256DH = "AAAA" }, "keys"},
		"no secret":       {func(o *notify.Offer) { o.Auth = "AAAA" }, "keys"},
		"not even base64": {func(o *notify.Offer) { o.Auth = "!" }, "keys"},
	} {
		o := w.browser.offer()
		c.change(&o)
		s, err := w.bell.Subscribe(t.Context(), o)
		got := ""
		if f, ok := fault.As(err); ok {
			got = f.Fields[0].Path
		}
		if got != c.path || strings.Contains(s.Sealed+s.Hash, "push") {
			t.Errorf("%s: refused %q, want %q (%v)", name, got, c.path, err)
		}
	}
}

func TestATrialPush(t *testing.T) {
	t.Parallel()
	w := newTower(t)
	id := w.subs[0].ID
	if err := w.bell.Try(t.Context(), 2, id, "ru"); !errors.Is(err, notify.ErrNoBrowser) {
		t.Errorf("somebody else's: %v", err)
	}
	if err := w.bell.Try(t.Context(), 1, id, "ru"); err != nil || !strings.Contains(decrypt(t, w.browser, 0), "Уведомления работают") {
		t.Errorf("%v", err)
	}
	w.browser.answer = 500
	if err := w.bell.Try(t.Context(), 1, id, "ru"); !errors.Is(err, notify.ErrNoPush) {
		t.Errorf("busy: %v", err)
	}
	w.browser.answer = 410
	if err := w.bell.Try(t.Context(), 1, id, "ru"); !errors.Is(err, notify.ErrNoBrowser) || len(w.subs) != 0 {
		t.Errorf("gone: %v", err)
	}
}

// TestOneThingByTwoNames rings once for who is handed a conversation by a note that names them, unless they hear of
// names in a way in which they do not hear of handing over.
func TestOneThingByTwoNames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		assigned []notify.Way
		rings    int
	}{
		"in every way": {notify.Ways(), 1},
		"in fewer":     {[]notify.Way{notify.Badge}, 2},
		"not at all":   {nil, 2},
	} {
		w := newTower(t)
		w.who.Prefs.Ways[notify.Assigned] = c.assigned
		w.ring(t, "entry:1", func(a *notify.Alert) { a.Kind, a.As, a.AsKey = notify.Assigned, notify.Mention, "message:7" })
		w.ring(t, "message:7", func(a *notify.Alert) { a.Kind = notify.Mention })
		if len(w.told) != c.rings || w.told[0].Kind != notify.Assigned {
			t.Errorf("%s: told %+v", name, w.told)
		}
	}
}
