package fault_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"parley/internal/fault"
)

func TestSentinelSurvivesDecoration(t *testing.T) {
	t.Parallel()
	sentinel := fault.New(fault.Conflict, "already_released", fault.T("Уже отправлено.", "Already sent."))
	got := fmt.Errorf("undo message: %w", sentinel.WithDetails(7).After(time.Second).Because(io.ErrUnexpectedEOF))

	if !errors.Is(got, sentinel) {
		t.Error("errors.Is does not see the sentinel")
	}
	if !errors.Is(got, io.ErrUnexpectedEOF) {
		t.Error("errors.Is does not see the cause")
	}
	if errors.Is(got, fault.New(fault.Gone, "already_released", fault.Text{})) {
		t.Error("another kind with the same code matches")
	}
	if errors.Is(got, fault.New(fault.Conflict, "other", fault.Text{})) {
		t.Error("another code matches")
	}
	if sentinel.Details != nil || sentinel.RetryAfter != 0 || sentinel.Unwrap() != nil {
		t.Error("decorating changed the sentinel")
	}
	f, ok := fault.As(got)
	if !ok || f.Details != 7 || f.RetryAfter != time.Second {
		t.Errorf("As = %+v, %v", f, ok)
	}
	if strings.Contains(f.Error(), io.ErrUnexpectedEOF.Error()) {
		t.Error("the cause is shown")
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		err  error
		kind fault.Kind
		code string
	}{
		{"nil", nil, fault.Internal, ""},
		{"plain", io.EOF, fault.Internal, ""},
		{"fault", fault.New(fault.Gone, "used", fault.Text{}), fault.Gone, "used"},
		{"wrapped", fmt.Errorf("x: %w", fault.New(fault.TooMany, "slow", fault.Text{})), fault.TooMany, "slow"},
		{"field", fault.InvalidField("a", "required", fault.Text{}), fault.Invalid, fault.CodeInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if k := fault.KindOf(c.err); k != c.kind {
				t.Errorf("kind = %v, want %v", k, c.kind)
			}
			if code := fault.CodeOf(c.err); code != c.code {
				t.Errorf("code = %q, want %q", code, c.code)
			}
		})
	}
}

func TestKindNamesDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]fault.Kind{}
	for k := fault.Internal; k <= fault.Gone; k++ {
		if other, dup := seen[k.String()]; dup {
			t.Errorf("kinds %d and %d are both %q", other, k, k)
		}
		seen[k.String()] = k
	}
}

func TestCollector(t *testing.T) {
	t.Parallel()
	var c fault.Collector
	if err := c.Err(); err != nil {
		t.Fatalf("empty collector: %v", err)
	}
	c.Add("name", "required", fault.T("Введите имя.", "Enter a name."))
	if err := c.Merge(fault.InvalidField("email", "malformed", fault.T("Адрес.", "Address."))); err != nil {
		t.Fatalf("merge of a field fault: %v", err)
	}
	if err := c.Merge(nil); err != nil {
		t.Fatalf("merge of nil: %v", err)
	}
	other := fault.New(fault.Conflict, "taken", fault.Text{})
	if err := c.Merge(other); !errors.Is(err, other) {
		t.Fatalf("merge of another fault = %v", err)
	}
	f, ok := fault.As(c.Err())
	if !ok || f.Kind != fault.Invalid || len(f.Fields) != 2 || f.Fields[0].Path != "name" || f.Fields[1].Path != "email" {
		t.Fatalf("Err = %+v", f)
	}
	if want := "name: Enter a name."; !strings.Contains(f.Error(), want) {
		t.Errorf("Error() = %q lacks %q", f.Error(), want)
	}
}

func TestFieldSentinel(t *testing.T) {
	t.Parallel()
	taken := fault.InvalidField("email", "taken", fault.Text{})
	var both fault.Collector
	both.Add("name", "required", fault.Text{})
	both.Add("email", "taken", fault.Text{})
	if !errors.Is(both.Err(), taken) {
		t.Error("a field among others is not found")
	}
	for _, other := range []error{
		fault.InvalidField("email", "required", fault.Text{}),
		fault.InvalidField("name", "taken", fault.Text{}),
	} {
		if errors.Is(other, taken) {
			t.Errorf("%v matches", other)
		}
	}
}

func TestTextIn(t *testing.T) {
	t.Parallel()
	both := fault.T("да", "yes")
	for lang, want := range map[string]string{
		"ru": "да", "RU": "да", "ru-RU": "да", "ru_RU": "да",
		"en": "yes", "": "yes", "r": "yes", "rue": "yes", "de": "yes",
	} {
		if got := both.In(lang); got != want {
			t.Errorf("In(%q) = %q, want %q", lang, got, want)
		}
	}
	if got := fault.T("да", "").In("en"); got != "да" {
		t.Errorf("missing English = %q", got)
	}
	if got := fault.T("", "yes").In("ru"); got != "yes" {
		t.Errorf("missing Russian = %q", got)
	}
}
