package store_test

import (
	"context"
	"strings"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// Statistics taken while the tables are empty make reading them whole look as good as
// an index, and a plan is kept while they grow.
func TestLookUpsGoKeyByKeyWhateverTheStatisticsSay(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Postgres)
	for _, table := range []string{"received", "identities", "parked", "messages", "threads"} {
		if err := db.Bulk(t.Context(), func(ctx context.Context) error { return db.Exec(ctx, "ANALYZE "+table) }); err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range store.Probes() {
		plan, err := db.Plan(t.Context(), text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if strings.Contains(plan, `Join Filter: (("*VALUES*"`) || !strings.Contains(plan, `= "*VALUES*".column1`) {
			t.Errorf("rows are looked for among the keys:\n%s\n%s", text, plan)
		}
	}
}
