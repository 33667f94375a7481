package store_test

import (
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestOnlyFirstNamesAreChanged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		name := func(to string) {
			t.Helper()
			err := db.NameStages(t.Context(), store.Renamed{From: "Leads", To: to + " leads"}, []store.Renamed{{From: "New", To: to}, {From: "Gone", To: "Never"}})
			if err != nil {
				t.Fatal(err)
			}
		}
		name("Fresh")
		name("Fresher") // whoever named it has the last word
		list, err := db.Pipelines(t.Context())
		if err != nil || len(list) != 1 {
			t.Fatalf("%v %v", list, err)
		}
		if p := list[0]; p.Name != "Fresh leads" || p.Stages[0].Name != "Fresh" || p.Stages[1].Name != "In progress" || len(p.Stages) != 5 {
			t.Errorf("named %+v", p)
		}
	})
}
