package store_test

import (
	"testing"

	"parley/internal/store"
)

func TestLinesOfTheOtherEngineAreDropped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, lite, pg string }{
		{"nothing marked", "SELECT 1\nFROM t", "SELECT 1\nFROM t", "SELECT 1\nFROM t"},
		{
			"one of two",
			"CREATE TABLE t (\n  id INTEGER, -- only: sqlite\n  id BIGINT, -- only: postgres\n  x TEXT\n)",
			"CREATE TABLE t (\n  id INTEGER,\n  x TEXT\n)",
			"CREATE TABLE t (\n  id BIGINT,\n  x TEXT\n)",
		},
		{"at the end", "SELECT 1\nFOR UPDATE -- only: postgres", "SELECT 1\n", "SELECT 1\nFOR UPDATE\n"},
		{"other comments stay", "x -- only a remark\n", "x -- only a remark\n", "x -- only a remark\n"},
		{"empty", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := store.ForEngine(store.SQLite, c.text); got != c.lite {
				t.Errorf("sqlite: %q, want %q", got, c.lite)
			}
			if got := store.ForEngine(store.Postgres, c.text); got != c.pg {
				t.Errorf("postgres: %q, want %q", got, c.pg)
			}
		})
	}
}
