package app_test

import (
	"testing"

	"parley/accounts"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/secret"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestTheFirstAdministratorsLanguageNamesThings looks at what a new installation calls its stages
// and its channel.
func TestTheFirstAdministratorsLanguageNamesThings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ language, rename, stage, channel string }{
		{"ru", "", "Новый", "Сайт"},
		{"en", "", "New", "Website"},
		{"ar", "", "جديد", "الموقع"},
		{"ru", "Shop", "Новый", "Shop"},
	} {
		t.Run(tt.language+tt.rename, func(t *testing.T) {
			t.Parallel()
			storetest.EachPlace(t, func(t *testing.T, place store.Options) {
				n := boot(t, place, secret.NewKey())
				if tt.rename != "" {
					list, err := n.app.Accounts.List(t.Context(), actor.System())
					if err != nil || len(list) != 1 {
						t.Fatal(list, err)
					}
					if _, err := n.app.Accounts.Patch(t.Context(), actor.System(), list[0].ID, accounts.Patch{Name: &tt.rename}); err != nil {
						t.Fatal(err)
					}
				}
				person := auth.NewPerson{Name: "Olga", Email: "olga@example.com", Password: "a long and lonely road", Language: tt.language}
				if _, err := n.app.Auth.Setup(t.Context(), person, auth.Origin{}); err != nil {
					t.Fatal(err)
				}
				list, err := n.app.Accounts.List(t.Context(), actor.System())
				if err != nil || len(list) != 1 || list[0].Name != tt.channel {
					t.Errorf("channels are %+v, %v", list, err)
				}
				lines, err := n.app.Store.Pipelines(t.Context())
				if err != nil || len(lines) != 1 || lines[0].Stages[0].Name != tt.stage {
					t.Errorf("stages are %+v, %v", lines, err)
				}
			})
		})
	}
}
