package store

import (
	"context"
	"strconv"
	"strings"
)

// column is one that an update writes, with its type in PostgreSQL.
type column struct{ name, typ string }

// update writes some columns of existing rows, found by their id. SQLite gets a
// statement per row: it has no round trips, and plans those without a table of values.
// PostgreSQL gets one statement with an array per column.
type update struct {
	cols []column
	text map[Engine]string
}

func newUpdate(table string, cols []column) *update {
	var lite, set, arrays, names strings.Builder
	for i, c := range cols {
		if i > 0 {
			lite.WriteString(", ")
			set.WriteString(", ")
		}
		lite.WriteString(c.name + " = $" + strconv.Itoa(i+2))
		set.WriteString(c.name + " = v." + c.name)
		arrays.WriteString(", $" + strconv.Itoa(i+2) + "::" + c.typ + "[]")
		names.WriteString(", " + c.name)
	}
	return &update{cols: cols, text: map[Engine]string{
		SQLite: "UPDATE " + table + " SET " + lite.String() + " WHERE id = $1",
		// The rows are named twice because a planner may join the wrong way round.
		Postgres: "UPDATE " + table + " AS t SET " + set.String() + " FROM unnest($1::bigint[]" + arrays.String() + ") AS v(id" + names.String() +
			") WHERE t.id = v.id AND t.id = ANY($1::bigint[])",
	}}
}

// amend writes the update's columns of all items; values gives the id and then the columns.
func amend[T any](ctx context.Context, db *DB, u *update, items []T, values func(args []any, item T) []any) error {
	if len(items) == 0 {
		return nil
	}
	if db.engine == SQLite {
		for _, item := range items {
			if err := db.later(ctx, u.text[SQLite], values(make([]any, 0, len(u.cols)+1), item)...); err != nil {
				return err
			}
		}
		return nil
	}
	arrays := u.arrays(len(items))
	row := make([]any, 0, len(arrays))
	for _, item := range items {
		row = values(row[:0], item)
		for i, v := range row {
			switch to := arrays[i].(type) {
			case *[]int64:
				*to = append(*to, v.(int64))
			case *[]string:
				*to = append(*to, v.(string))
			}
		}
	}
	return db.later(ctx, u.text[Postgres], arrays...)
}

// arrays are empty lists for the id and each column.
func (u *update) arrays(n int) []any {
	ids := make([]int64, 0, n)
	out := []any{&ids}
	for _, c := range u.cols {
		if c.typ == "bigint" {
			list := make([]int64, 0, n)
			out = append(out, &list)
		} else {
			list := make([]string, 0, n)
			out = append(out, &list)
		}
	}
	return out
}
