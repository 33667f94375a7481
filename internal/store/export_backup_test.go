package store

import (
	"context"
	"database/sql"
)

// Newest is this program's version of the schema.
func Newest() int64 { return newest() }

// MigrateTo brings the database to an earlier version than this program's.
func (db *DB) MigrateTo(ctx context.Context, version int64) error { return db.migrateTo(ctx, version) }

// RestoreTable is what stands in a database while a restore is under way.
const RestoreTable = restoreTable

// Tables lists the product's tables.
func (db *DB) Tables(ctx context.Context) ([]string, error) { return db.tableNames(ctx, db.pool) }

// Column is a column of a table as the database knows it.
type Column struct{ Table, Name, Type string }

// Columns lists the columns of all tables.
func (db *DB) Columns(ctx context.Context) ([]Column, error) {
	var list []Column
	err := db.each(ctx, `
		SELECT m.name, p.name, p.type FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' ORDER BY m.name, p.cid -- only: sqlite
		SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position -- only: postgres
	`, nil, func(row *sql.Rows) error {
		var c Column
		err := row.Scan(&c.Table, &c.Name, &c.Type)
		list = append(list, c)
		return err
	})
	return list, err
}
