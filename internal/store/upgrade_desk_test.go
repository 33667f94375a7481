package store_test

import (
	"context"
	"slices"
	"testing"

	"parley/internal/store/storetest"
)

// TestUpgradeCarriesOver what lists show from now on and older rows say already: the campaigns of
// leads, and the notes that agents were told of.
func TestUpgradeCarriesOver(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			db := open(t, engine)
			if err := db.MigrateTo(t.Context(), 33); err != nil {
				t.Fatal(err)
			}
			exec := func(query string, args ...any) {
				t.Helper()
				if err := db.Write(t.Context(), func(ctx context.Context) error { return db.Exec(ctx, query, args...) }); err != nil {
					t.Fatal(err)
				}
			}
			for n, utm := range []string{`{"utm_campaign":"Spring"}`, `{"campaign":"Autumn","utm_campaign":"Spring"}`, `{"campaign":"","utm_campaign":"Май"}`, `{"source":"campaign"}`, `{"campaign":"\u0000"}`, `null`, `{}`, ``} {
				exec(`INSERT INTO leads (id, contact_id, conversation_id, account_id, team_id, owner_id, status, pipeline_id, stage_id, source, utm, lost_reason, fields, created_at, updated_at)
					VALUES ($1, $1, 0, 0, 0, 0, 'open', 1, 1, '', $2, '', '{}', 1, 1)`, int64(9001+n), utm)
			}
			for n, kind := range []string{"mention", "mention", "message"} {
				exec(`INSERT INTO notifications (id, agent_id, key, kind, conversation_id, number, message_id, at, badge, sound) VALUES ($1, 7, $2, $3, 5, 5, $4, 3, TRUE, TRUE)`,
					int64(9001+n), kind+string(rune('0'+n)), kind, int64(40+n/2))
			}
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			for campaign, want := range map[string][]int64{"Spring": {9001}, "Autumn": {9002}, "Май": {9003}, "": {9004, 9005, 9006, 9007, 9008}} {
				rows, err := db.Rows(t.Context(), `SELECT id FROM leads WHERE campaign = $1 AND id > 9000 ORDER BY id`, campaign)
				var ids []int64
				for _, r := range rows {
					ids = append(ids, r[0])
				}
				if err != nil || !slices.Equal(ids, want) {
					t.Errorf("campaign %q: %v, %v", campaign, ids, err)
				}
			}
			rows, err := db.Rows(t.Context(), `SELECT agent_id, message_id, at FROM note_mentions`)
			if err != nil || len(rows) != 1 || !slices.Equal(rows[0], []int64{7, 40, 3}) {
				t.Errorf("mentions: %v, %v", rows, err)
			}
		})
	}
}
