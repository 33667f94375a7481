package webchat_test

import (
	"testing"
	"time"

	"parley/channels/webchat"
	"parley/internal/fault"
)

func TestWhatAVisitorMayChange(t *testing.T) {
	t.Parallel()
	a := open(t, nil)
	v := visitor(t, a)
	wrote := time.Unix(1_700_000_000, 0)
	own := webchat.Amended{ID: 5, Mine: true, CreatedAt: wrote}
	answer := webchat.Amended{ID: 6, CreatedAt: wrote}
	gone := webchat.Amended{ID: 7, Mine: true, CreatedAt: wrote, Deleted: true}
	for name, c := range map[string]struct {
		do   func() error
		want string // a code; "" = allowed
	}{
		"edit at the last moment":  {func() error { _, err := a.Rewording(v, own, "new", wrote.Add(webchat.Changeable)); return err }, ""},
		"edit too late":            {func() error { _, err := a.Rewording(v, own, "new", wrote.Add(webchat.Changeable+1)); return err }, "too_late"},
		"edit an answer":           {func() error { _, err := a.Rewording(v, answer, "new", wrote); return err }, "not_yours"},
		"edit what is gone":        {func() error { _, err := a.Rewording(v, gone, "new", wrote); return err }, "message_deleted"},
		"delete too late":          {func() error { _, err := a.Withdrawal(v, own, wrote.Add(webchat.Changeable+1)); return err }, "too_late"},
		"delete again, much later": {func() error { _, err := a.Withdrawal(v, gone, wrote.Add(1000*time.Hour)); return err }, ""},
		"delete an answer":         {func() error { _, err := a.Withdrawal(v, answer, wrote); return err }, "not_yours"},
		"react":                    {func() error { _, err := a.Reaction(v, answer, webchat.Reactions()[0]); return err }, ""},
		"take a reaction back":     {func() error { _, err := a.Reaction(v, answer, ""); return err }, ""},
		"react to oneself":         {func() error { _, err := a.Reaction(v, own, webchat.Reactions()[0]); return err }, "own_message"},
		"react with words":         {func() error { _, err := a.Reaction(v, answer, "<b>"); return err }, "unsupported"},
	} {
		got := ""
		if err := c.do(); err != nil {
			f, ok := fault.As(err)
			if !ok {
				t.Fatalf("%s: %v", name, err)
			}
			if got = f.Code; len(f.Fields) > 0 {
				got = f.Fields[0].Code
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	ev, err := a.Rewording(v, own, "new", wrote)
	if err != nil || ev.Edit.MessageID != 5 || ev.Chat != v.ID || ev.Edit.RemoteID != "" {
		t.Errorf("the event is %+v, error %v", ev, err)
	}
}
