package desk_test

import (
	"slices"
	"testing"

	"parley/inbox"
	"parley/web/desk"
)

// TestWhereAnswersGo shows what the author of a mail wants answered, apart from who they are.
func TestWhereAnswersGo(t *testing.T) {
	t.Parallel()
	ann := inbox.Party{Scope: "email", Address: "ann@x.example", Name: "Ann"}
	office := inbox.Party{Scope: "email", Address: "office@x.example"}
	m := inbox.Message{Direction: inbox.Inbound, Kind: inbox.KindMessage}
	m.From, m.AnswerTo = &ann, []inbox.Party{office}
	got := desk.ShowMessage(m, nil)
	if want := []desk.Party{{Address: "office@x.example", Scope: "email"}}; !slices.Equal(got.AnswerTo, want) || got.From == nil || got.From.Address != "ann@x.example" {
		t.Errorf("from %+v, answers to %+v", got.From, got.AnswerTo)
	}
	m.AnswerTo = nil
	if got := desk.ShowMessage(m, nil); got.AnswerTo == nil || len(got.AnswerTo) != 0 {
		t.Errorf("answers to %#v, want an empty list", got.AnswerTo)
	}
}
