package channels_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"parley/channels"
)

func TestApplying(t *testing.T) {
	t.Parallel()
	when := func(field string, values ...string) channels.Condition {
		return channels.Condition{Field: field, Values: values}
	}
	fields := []channels.Field{
		{Name: "provider", Default: "gateway"},
		{Name: "gateway", Default: "own", When: when("provider", "gateway")},
		{Name: "description", When: when("gateway", "own", "other")},
		{Name: "account", When: when("provider", "far")},
		{Name: "lost", When: when("nowhere", "")},
		{Name: "sender"},
	}
	for name, c := range map[string]struct {
		config map[string]string
		want   string
	}{
		"by defaults":                  {nil, "provider gateway description sender"},
		"blanks are nothing":           {map[string]string{"provider": " "}, "provider gateway description sender"},
		"chosen":                       {map[string]string{"provider": "gateway", "gateway": "other"}, "provider gateway description sender"},
		"none of the values":           {map[string]string{"gateway": "known"}, "provider gateway sender"},
		"of what does not apply":       {map[string]string{"provider": "far", "gateway": "own"}, "provider account sender"},
		"of a value that there is not": {map[string]string{"provider": "none"}, "provider sender"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var names []string
			for _, f := range channels.Applying(fields, func(name string) string { return c.config[name] }) {
				names = append(names, f.Name)
			}
			if got := strings.Join(names, " "); got != c.want {
				t.Errorf("applying: %s, want %s", got, c.want)
			}
		})
	}
	kept := channels.OnlyApplying(fields, map[string]string{"provider": "far", "gateway": "own", "account": "a", "sender": "", "unknown": "x"})
	if got := strings.Join(slices.Sorted(maps.Keys(kept)), " "); got != "account provider sender" {
		t.Errorf("kept: %s", got)
	}
}
