package fault_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"parley/internal/fault"
)

// page is something that people change by its whole list.
type page struct {
	Name  string
	Lines []string
}

func (p page) Version() int64 { return fault.Fingerprint(p.Name, p.Lines) }

func TestFingerprint(t *testing.T) {
	t.Parallel()
	seen := map[int64]page{}
	for _, p := range []page{{}, {Name: "a"}, {Name: "a", Lines: []string{"b"}}, {Name: "a", Lines: []string{"b", ""}}, {Lines: []string{"a"}}} {
		v := p.Version()
		if before, twice := seen[v]; twice || v <= 0 || v >= 1<<53 {
			t.Errorf("%+v is %d, as is %+v", p, v, before)
		}
		seen[v] = p
	}
	if (page{Lines: []string{}}).Version() != (page{}).Version() {
		t.Error("an empty list is not none")
	}
	one := page{Name: "b", Lines: []string{"c"}}
	if two := (page{Name: "b", Lines: strings.Split("c", ",")}); one.Version() != two.Version() {
		t.Error("equal states have different versions")
	}
}

var errNoName = fault.New(fault.Invalid, "no_name", fault.T("Назовите.", "Give it a name."))

func TestStale(t *testing.T) {
	t.Parallel()
	now := page{Name: "now"}
	for _, seen := range []int64{0, now.Version()} {
		if err := fault.Stale("page", seen, now, page{Name: "then"}, nil); err != nil {
			t.Errorf("%d: %v", seen, err)
		}
		if err := fault.Stale("page", seen, now, page{}, errNoName); !errors.Is(err, errNoName) {
			t.Errorf("%d: refused as %v", seen, err)
		}
	}
	other := now.Version() + 2
	if err := fault.Stale("page", other, now, page{Name: "now", Lines: []string{}}, nil); err != nil {
		t.Errorf("what was saved before is refused when it comes again: %v", err)
	}
	if err := fault.Stale("page", other, now, page{}, io.ErrUnexpectedEOF); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a failure became %v", err)
	}
	if f, _ := fault.As(fault.Stale("page", other, now, page{}, errNoName)); f == nil || f.Code != "page_changed" {
		t.Errorf("who cannot be right is told %v before it is seen what stands", f)
	}
	f, ok := fault.As(fault.Stale("page", other, now, page{Name: "then"}, nil))
	if !ok || f.Kind != fault.Conflict || f.Code != "page_changed" {
		t.Fatalf("%+v", f)
	}
	if held, ok := f.Details.(map[string]any); !ok || held["page"].(page).Name != "now" {
		t.Errorf("it holds %+v", f.Details)
	}
}
