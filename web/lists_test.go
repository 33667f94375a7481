package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestNoListTakesACursorThatIsNone asks every list to go on from where none of its pages ended: all refuse alike.
func TestNoListTakesACursorThatIsNone(t *testing.T) {
	t.Parallel()
	h := boot(t)
	goods := settle(t, h)
	ops, api := described(t, h)
	asked := 0
	for _, o := range ops {
		if o.method != "GET" || o.visitor || !takesCursor(api["paths"].(object)[o.path]) {
			continue
		}
		asked++
		path, _ := located(t, o, goods)
		query := "?cursor="
		if o.noun == "search" {
			query = "?q=tea&type=messages&cursor="
		}
		for _, cursor := range []string{"-1", "x", "0x1"} {
			a := h.root.do("GET", path+query+cursor, nil)
			if a.status != 422 || !strings.Contains(fmt.Sprint(a.body["errors"]), "query.cursor") {
				t.Errorf("%s%s%s answers %d %s", path, query, cursor, a.status, a.raw)
			}
		}
	}
	if asked < 20 {
		t.Errorf("%d lists are asked: the description names more", asked)
	}
}

// takesCursor tells whether an address of the description can be read on from a cursor.
func takesCursor(address any) bool {
	parameters, _ := address.(object)["get"].(object)["parameters"].([]any)
	return slices.ContainsFunc(parameters, func(p any) bool { return p.(object)["name"] == "cursor" })
}

// TestAListMaySaySeveral says a filter by comma, and by its name twice.
func TestAListMaySaySeveral(t *testing.T) {
	t.Parallel()
	h := boot(t)
	settle(t, h)
	for list, queries := range map[string][]string{
		"conversations": {"status=closed,open", "status=closed&status=open", "status=&status=open"}, "leads": {"status=lost&status=open"}, "requests": {"status=closed&status=open"},
	} {
		all := len(h.root.want(200, "GET", "/api/v1/"+list, nil).items())
		for _, query := range queries {
			if got := len(h.root.want(200, "GET", "/api/v1/"+list+"?"+query, nil).items()); got != all || got == 0 {
				t.Errorf("%s?%s: %d of %d", list, query, got, all)
			}
		}
	}
	if a := h.root.do("GET", "/api/v1/requests?status=closed&status=lost", nil); a.status != 422 {
		t.Errorf("the second of two that is none is taken: %d %s", a.status, a.raw)
	}
}
