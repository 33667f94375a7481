package outbox_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/channels"
	"parley/internal/outbox"
)

func TestVerdicts(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		sent   channels.Sent
		err    error
		safe   bool
		after  time.Duration // since the first attempt
		jitter float64
		want   outbox.Verdict
	}{
		"sent":             {sent: channels.Sent{RemoteID: "r\x00", At: since}, want: outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r", At: since}},
		"id too long":      {sent: channels.Sent{RemoteID: strings.Repeat("r", channels.MaxKey+1)}, want: outbox.Verdict{Outcome: outbox.Sent}},
		"no channel error": {err: errors.New("what"), want: outbox.Verdict{Code: "unknown", Text: "the network gave no clear answer: the message may have been delivered; ask the contact before you send it again"}},
		"permanent, safe":  {err: &channels.Error{Kind: channels.Permanent, Code: "x"}, safe: true, want: outbox.Verdict{Outcome: outbox.Failed, Code: "x"}},
		"uncertain, safe": {
			err: &channels.Error{Code: "x"}, safe: true, after: time.Minute,
			want: outbox.Verdict{Outcome: outbox.Retry, Code: "x", NotBefore: since.Add(2 * time.Minute)},
		},
		"first retry": {
			err:  &channels.Error{Kind: channels.Transient},
			want: outbox.Verdict{Outcome: outbox.Retry, NotBefore: since.Add(2 * time.Second)},
		},
		"retry with jitter": {
			err: &channels.Error{Kind: channels.Transient}, after: 8 * time.Second, jitter: 0.5,
			want: outbox.Verdict{Outcome: outbox.Retry, NotBefore: since.Add(17 * time.Second)},
		},
		"retry in an hour at most": {
			err: &channels.Error{Kind: channels.Transient}, after: 10 * time.Hour,
			want: outbox.Verdict{Outcome: outbox.Retry, NotBefore: since.Add(11 * time.Hour)},
		},
		"the network's own wait": {
			err: &channels.Error{Kind: channels.Transient, RetryAfter: 5 * time.Hour}, after: time.Second,
			want: outbox.Verdict{Outcome: outbox.Retry, NotBefore: since.Add(5*time.Hour + time.Second)},
		},
		"given up": {
			err: &channels.Error{Kind: channels.Transient, Code: "x"}, after: 23*time.Hour + time.Minute,
			want: outbox.Verdict{Outcome: outbox.Failed, Code: "x", NotBefore: since.Add(24*time.Hour + time.Minute)},
		},
		"an album, of which one name cannot be stored": {
			sent: channels.Sent{RemoteID: "1", Parts: []string{"2", strings.Repeat("x", channels.MaxKey+1), "3"}},
			want: outbox.Verdict{Outcome: outbox.Sent, RemoteID: "1", Parts: []string{"2", "3"}},
		},
		"sign-in is not the message's fault": {
			err: &channels.Error{Kind: channels.AuthFailed, Code: "x"}, after: 100 * time.Hour,
			want: outbox.Verdict{Outcome: outbox.Retry, Restart: true, Code: "x", NotBefore: since.Add(100 * time.Hour)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			item := outbox.Item{Since: since}
			if got := outbox.Judge(&item, c.sent, c.err, c.safe, since.Add(c.after), c.jitter); !reflect.DeepEqual(got, c.want) {
				t.Errorf("verdict %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestWordsOfANetworkAreBounded(t *testing.T) {
	t.Parallel()
	err := &channels.Error{Kind: channels.Permanent, Code: strings.Repeat("c", 500), Text: strings.Repeat("ы", 5000)}
	v := outbox.Judge(&outbox.Item{}, channels.Sent{}, err, false, time.Now(), 0)
	if len(v.Code) != 64 || len(v.Text) != 1000 || !utf8.ValidString(v.Text) {
		t.Errorf("code of %d bytes, text of %d, valid %v", len(v.Code), len(v.Text), utf8.ValidString(v.Text))
	}
}
