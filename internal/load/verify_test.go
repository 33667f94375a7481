package load_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/channels"
	"parley/internal/load"
)

// shelf is a store by visitor.
type shelf map[string][]load.Stored

func (s shelf) Transcript(_ context.Context, account channels.AccountID, chat string) ([]load.Stored, error) {
	if account != 7 {
		return nil, fmt.Errorf("account %d", account)
	}
	return s[chat], nil
}

// stored makes rows of one conversation from "key:seq" words.
func stored(conversation int64, words string) []load.Stored {
	var list []load.Stored
	for _, w := range strings.Fields(words) {
		key, seq, _ := strings.Cut(w, ":")
		s := load.Stored{Key: key, Conversation: conversation}
		if _, err := fmt.Sscan(seq, &s.Seq); err != nil {
			panic(err)
		}
		list = append(list, s)
	}
	return list
}

// sent makes a visitor's journal: "a b?" is a acknowledged, then b tried.
func sent(visitor, words string) []load.Entry {
	var list []load.Entry
	for n, w := range strings.Fields(words) {
		key, tried := strings.CutSuffix(w, "?")
		list = append(list, load.Entry{Account: "7", Visitor: visitor, N: n + 1, Client: key, Acked: !tried})
	}
	return list
}

func TestVerify(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		sent   string
		stored []load.Stored
		want   load.Verdict
	}{
		{"nothing sent", "", nil, load.Verdict{}},
		{"all is well", "a b c", stored(1, "a:1 b:2 c:3"), load.Verdict{Acknowledged: 3, Stored: 3}},
		{"answers between", "a b", stored(1, "a:1 x:2 b:3 :4"), load.Verdict{Acknowledged: 2, Stored: 2}},
		{"messages of another journal", "b", stored(1, "old:1 b:2"), load.Verdict{Acknowledged: 1, Stored: 1}},
		{"tried and stored", "a b?", stored(1, "a:1 b:2"), load.Verdict{Acknowledged: 1, Unknown: 1, Stored: 2}},
		{"tried and not stored", "a b?", stored(1, "a:1"), load.Verdict{Acknowledged: 1, Unknown: 1, Stored: 1}},
		{"over two conversations", "a b", append(stored(1, "a:1"), stored(2, "b:1")...), load.Verdict{Acknowledged: 2, Stored: 2}},
		{"the last one lost", "a b", stored(1, "a:1"), load.Verdict{Acknowledged: 2, Stored: 1, Lost: 1}},
		{"all lost", "a b", nil, load.Verdict{Acknowledged: 2, Lost: 2}},
		{"one lost, with its place", "a b c", stored(1, "a:1 c:3"), load.Verdict{Acknowledged: 3, Stored: 2, Lost: 1, Reordered: 1}},
		{"doubled", "a b", stored(1, "a:1 a:2 b:3"), load.Verdict{Acknowledged: 2, Stored: 3, Doubled: 1}},
		{"doubled in another conversation", "a b", append(stored(1, "a:1 b:2"), stored(2, "a:1")...), load.Verdict{Acknowledged: 2, Stored: 3, Doubled: 1}},
		{"a tried one doubled", "a?", stored(1, "a:1 a:2"), load.Verdict{Unknown: 1, Stored: 2, Doubled: 1}},
		{"reordered", "a b c", stored(1, "b:1 a:2 c:3"), load.Verdict{Acknowledged: 3, Stored: 3, Reordered: 1}},
		{"reordered over conversations", "a b", append(stored(1, "b:1"), stored(2, "a:1")...), load.Verdict{Acknowledged: 2, Stored: 2, Reordered: 1}},
		{"hole", "a b", stored(1, "a:1 b:3"), load.Verdict{Acknowledged: 2, Stored: 2, Reordered: 1}},
		{"hole at the beginning", "a", stored(1, "a:2"), load.Verdict{Acknowledged: 1, Stored: 1, Reordered: 1}},
		{"same place twice", "a b", stored(1, "a:1 b:1"), load.Verdict{Acknowledged: 2, Stored: 2, Reordered: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := load.Verify(t.Context(), sent("v", c.sent), shelf{"v": c.stored})
			if err != nil {
				t.Fatal(err)
			}
			found := got.Findings
			got.Findings = nil
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			if wrong := c.want.Lost + c.want.Doubled + c.want.Reordered; got.OK() != (wrong == 0) || len(found) != wrong {
				t.Errorf("OK %v with %d wrong; found %q", got.OK(), wrong, found)
			}
		})
	}
}

func TestVerifyManyVisitors(t *testing.T) {
	t.Parallel()
	entries := append(sent("ann", "a?"), sent("bob", "b")...)
	entries = append(entries, load.Entry{Account: "7", Visitor: "ann", N: 1, Client: "a", Acked: true}) // acknowledged at the second try
	v, err := load.Verify(t.Context(), entries, shelf{"ann": stored(1, "b:1"), "bob": stored(2, "b:1")})
	if err != nil || v.Lost != 1 || v.Acknowledged != 2 || v.Unknown != 0 {
		t.Errorf("%v, %v: ann's message is not hers because bob has one of that key", v, err)
	}
	var lost []load.Entry
	for n := range 50 {
		lost = append(lost, sent(fmt.Sprint("v", n), "k")...)
	}
	if v, err := load.Verify(t.Context(), lost, shelf{}); err != nil || v.Lost != 50 || len(v.Findings) != 20 {
		t.Errorf("%v with %d findings, %v", v, len(v.Findings), err)
	}
	if _, err := load.Verify(t.Context(), []load.Entry{{Account: "x"}}, shelf{}); err == nil {
		t.Error("an account that is no id was passed over")
	}
	if _, err := load.Verify(t.Context(), []load.Entry{{Account: "8"}}, shelf{}); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("the store's error: %v", err)
	}
}
