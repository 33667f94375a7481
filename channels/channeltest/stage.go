package channeltest

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
)

// stage is one check's adapter, network and inbox, and the smallest supervisor that
// an adapter can live under.
type stage struct {
	testing.TB
	Setup
	harness Harness
	journal *Journal
	rec     *Recorder
	files   *Files
	logs    *lines
	adapter channels.Adapter

	cancel context.CancelFunc
	ended  chan struct{} // closed when the supervisor is done

	mu   sync.Mutex
	errs []error // every error seen, to be searched for secrets
	last *channels.Error
}

// maxRestarts bounds how often a check restarts Run, which it does without waiting.
const maxRestarts = 100

func newStage(t testing.TB, h Harness) *stage {
	j := NewJournal()
	s := &stage{TB: t, Setup: h.New(t, j), harness: h, journal: j, rec: NewRecorder(j), files: &Files{}, logs: &lines{}}
	s.open()
	return s
}

// env is what the adapter is lent.
func (s *stage) env() channels.Env {
	client := s.HTTP
	if client == nil {
		client = &http.Client{Transport: noHTTP{}}
	}
	log := slog.New(slog.NewTextHandler(s.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return channels.Env{
		Log: log, Now: time.Now, HTTP: client, Files: s.files, Dial: (&net.Dialer{}).DialContext, Key: make([]byte, 32),
		Keep: func(context.Context, string, string) error { return nil },
	}
}

type noHTTP struct{}

func (noHTTP) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("the harness of this adapter gives no HTTP")
}

func (s *stage) open() {
	s.Helper()
	a, err := s.Driver.Open(s.Account, s.env())
	if err != nil {
		s.Fatalf("open a valid account: %v", err)
	}
	s.adapter = a
}

// start runs the adapter, and again after errors that pass, until stop.
func (s *stage) start() {
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel, s.ended = cancel, make(chan struct{})
	var wg sync.WaitGroup
	adapter := s.adapter
	wg.Go(func() { s.supervise(ctx, adapter) })
	if s.Push != nil {
		wg.Go(func() { s.Push(ctx, adapter, s.rec) })
	}
	ended := s.ended
	go func() {
		wg.Wait()
		close(ended)
	}()
}

func (s *stage) supervise(ctx context.Context, a channels.Adapter) {
	for range maxRestarts {
		err := a.Run(ctx, s.rec)
		verdict := s.seen("Run", err)
		if ctx.Err() != nil {
			return
		}
		if verdict == nil {
			s.Errorf("Run returned nil although its context had not ended")
			return
		}
		if verdict.Kind == channels.AuthFailed || verdict.Kind == channels.Permanent {
			s.journal.add("parked", "")
			return
		}
	}
	s.Errorf("Run gave up %d times", maxRestarts)
}

// stop ends Run and Push and waits for both.
func (s *stage) stop() {
	s.Helper()
	if s.cancel == nil {
		return
	}
	s.cancel()
	s.rec.Crash()
	timer := time.NewTimer(s.patience())
	defer timer.Stop()
	select {
	case <-s.ended:
	case <-timer.C:
		s.Fatalf("Run goes on %s after its context ended", s.patience())
	}
	s.cancel = nil
}

// seen keeps an error for the search for secrets and checks its form.
func (s *stage) seen(what string, err error) *channels.Error {
	if err == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.errs = append(s.errs, err)
	e, ok := err.(*channels.Error) //nolint:errorlint // the port promises the type itself
	if !ok || e == nil {
		s.Errorf("%s returned %T, want *channels.Error", what, err)
		return channels.AsError(err)
	}
	if e.Code == "" || e.Text == "" && e.Err == nil {
		s.Errorf("%s returned an error without a code or a text: %+v", what, e)
	}
	s.last = e
	return e
}

func (s *stage) patience() time.Duration {
	if s.harness.Patience > 0 {
		return s.harness.Patience
	}
	return 10 * time.Second
}

// until waits for something that the journal will show.
func (s *stage) until(what string, cond func() bool) {
	s.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), s.patience())
	defer cancel()
	if !s.journal.Wait(ctx, cond) {
		s.Fatalf("waited %s in vain: %s", s.patience(), what)
	}
}

// settle lets everything that can happen without time passing happen. Where time is
// real it does nothing: the order in the journal must do.
func (s *stage) settle() {
	if s.harness.Virtual {
		synctest.Wait()
	}
}

// arrive has a contact write and waits for the acknowledgement.
func (s *stage) arrive(text string) {
	s.Helper()
	before := s.journal.Count(StepAcknowledged, text)
	s.Arrive(text)
	s.until("the acknowledgement of "+text, func() bool { return s.journal.Count(StepAcknowledged, text) > before })
}

// outgoing is a message that the adapter should be able to send.
func (s *stage) outgoing(key, text string) channels.Outgoing {
	return channels.Outgoing{Key: key, MessageID: 1, Chat: s.Chat, To: s.To, Text: text, Attempt: 1}
}

// send makes one attempt within the patience of the check.
func (s *stage) send(m channels.Outgoing) (channels.Sent, *channels.Error) {
	s.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), s.patience())
	defer cancel()
	sent, err := s.adapter.Send(ctx, m)
	return sent, s.seen("Send", err)
}

// attempts is how many sends reached the network; -1 where nothing can be seen.
func (s *stage) attempts() int {
	if s.Attempts == nil {
		return -1
	}
	return len(s.Attempts())
}

// finish ends the check: malformed events, and secrets where they must not be.
func (s *stage) finish() {
	s.Helper()
	s.stop()
	for _, fault := range s.rec.Faults() {
		s.Errorf("delivered: %s", fault)
	}
	s.mu.Lock()
	errs := slices.Clone(s.errs)
	s.mu.Unlock()
	for name, value := range s.secrets() {
		for _, err := range errs {
			if strings.Contains(err.Error(), value) || wordsHold(err, value) {
				s.Errorf("an error holds the secret %q", name)
			}
		}
		for _, st := range s.rec.Statuses() {
			if strings.Contains(st.Code+" "+st.Text, value) {
				s.Errorf("a status holds the secret %q", name)
			}
		}
		if strings.Contains(s.logs.String(), value) {
			s.Errorf("the log holds the secret %q", name)
		}
	}
}

func wordsHold(err error, value string) bool {
	e := channels.AsError(err)
	return strings.Contains(e.Code, value) || strings.Contains(e.Text, value)
}

// secrets returns the values of the account's secret fields by name.
func (s *stage) secrets() map[string]string {
	found := map[string]string{}
	for _, f := range s.Driver.Fields() {
		if f.Type != channels.FieldSecret {
			continue
		}
		if v := s.Account.Config[f.Name]; len(v) >= 8 {
			found[f.Name] = v
		} else {
			s.Errorf("the harness gives no value of eight bytes for the secret %q", f.Name)
		}
	}
	return found
}

// lines is a log in memory.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
