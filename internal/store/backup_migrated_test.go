package store_test

import (
	"fmt"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestBackupAfterAMigration backs up over connections that have read the tables before they had further columns.
func TestBackupAfterAMigration(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines() {
		t.Run(fmt.Sprint(engine), func(t *testing.T) {
			t.Parallel()
			db := open(t, engine)
			const before = 31 // conversations had no spam_at then
			if err := db.MigrateTo(t.Context(), before); err != nil {
				t.Fatal(err)
			}
			if _, schema := dump(t, db, nil); schema != before {
				t.Fatalf("backed up with schema %d", schema)
			}
			if err := db.MigrateTo(t.Context(), store.Newest()); err != nil {
				t.Fatal(err)
			}
			if _, schema := dump(t, db, nil); schema != store.Newest() {
				t.Errorf("backed up with schema %d", schema)
			}
		})
	}
}
