package fault_test

import (
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

func TestStale(t *testing.T) {
	t.Parallel()
	now := page{Name: "now"}
	for _, seen := range []int64{0, now.Version()} {
		if err := fault.Stale("page", seen, now); err != nil {
			t.Errorf("%d: %v", seen, err)
		}
	}
	f, ok := fault.As(fault.Stale("page", now.Version()+2, now))
	if !ok || f.Kind != fault.Conflict || f.Code != "page_changed" {
		t.Fatalf("%+v", f)
	}
	if held, ok := f.Details.(map[string]any); !ok || held["page"].(page).Name != "now" {
		t.Errorf("it holds %+v", f.Details)
	}
}
