package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxChunk is how many rows one statement writes or looks up at most. Chunks are
// powers of two, so that there are few different texts to prepare.
const maxChunk = 64

// chunkSize returns the largest power of two that is at most n and maxChunk.
func chunkSize(n int) int {
	size := maxChunk
	for size > n {
		size /= 2
	}
	return size
}

// table writes rows of one shape with a multi-row statement: "INSERT INTO t (…)" and
// what follows the values, such as an ON CONFLICT clause.
type table struct {
	insert string
	suffix string
	cols   int
	cache  sync.Map // textKey → text
}

func newTable(name, columns, suffix string) *table {
	return &table{insert: "INSERT INTO " + name + " (" + columns + ") VALUES ", suffix: suffix, cols: strings.Count(columns, ",") + 1}
}

// upsert makes the clause that overwrites every given column of the row with the same id.
func upsert(columns string) string {
	var b strings.Builder
	b.WriteString(" ON CONFLICT (id) DO UPDATE SET ")
	for i, c := range strings.Split(columns, ",") {
		if i > 0 {
			b.WriteString(", ")
		}
		c = strings.TrimSpace(c)
		b.WriteString(c + " = excluded." + c)
	}
	return b.String()
}

func (t *table) text(engine Engine, rows int) string {
	key := textKey{engine, rows}
	if have, ok := t.cache.Load(key); ok {
		return have.(string)
	}
	var b strings.Builder
	b.WriteString(t.insert)
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for c := range t.cols {
			if c > 0 {
				b.WriteByte(',')
			}
			b.WriteString(placeholder(engine, r*t.cols+c+1))
		}
		b.WriteByte(')')
	}
	b.WriteString(t.suffix)
	text := b.String()
	t.cache.Store(key, text)
	return text
}

// textKey is what generated texts are kept by.
type textKey struct {
	engine Engine
	rows   int
}

// placeholder returns the n-th placeholder of a text that names each once and in
// order. SQLite finds unnamed ones faster: a name is looked up among all others.
func placeholder(engine Engine, n int) string {
	if engine == SQLite {
		return "?"
	}
	return "$" + strconv.Itoa(n)
}

// put writes items as rows, in chunks.
func put[T any](ctx context.Context, db *DB, t *table, items []T, values func(args []any, item T) []any) error {
	for len(items) > 0 {
		n := chunkSize(len(items))
		args := make([]any, 0, n*t.cols)
		for _, item := range items[:n] {
			args = values(args, item)
		}
		if err := db.later(ctx, t.text(db.engine, n), args...); err != nil {
			return err
		}
		items = items[n:]
	}
	return nil
}

// keys is a look-up of many keys at once: query is a text with %s where the keys
// stand as a table of typed columns named column1, column2, …. A look-up by one id
// must say "IN (SELECT column1 FROM %s AS v)": PostgreSQL gets the ids as one array,
// because it may join a table of values the wrong way round and read all rows.
type keys struct {
	query string
	types []string
	probe bool
	cache sync.Map // textKey → text
}

func newKeys(query string, types ...string) *keys { return &keys{query: query, types: types} }

// newProbe is newKeys for "SELECT … FROM %s AS v CROSS JOIN …", whose order is of no
// consequence but among the rows of one key. PostgreSQL must take one key after the
// other: with statistics from when a table was empty it would read the table and look
// for each row among the keys.
func newProbe(query string, types ...string) *keys {
	return &keys{query: query, types: types, probe: true}
}

// probing wraps a probe's text so that the planner cannot turn the join round.
func probing(query string) string {
	cols, from, _ := strings.Cut(query, "FROM %s AS v CROSS JOIN ")
	return "SELECT x.* FROM %s AS v CROSS JOIN LATERAL (" + cols + "FROM " + from + " OFFSET 0) AS x"
}

func (k *keys) text(engine Engine, rows int) string {
	key := textKey{engine, rows}
	if have, ok := k.cache.Load(key); ok {
		return have.(string)
	}
	if k.asArray(engine) {
		text := strings.ReplaceAll(k.query, idSet, "= ANY($1::bigint[])")
		k.cache.Store(key, text)
		return text
	}
	var b strings.Builder
	b.WriteString("(VALUES ")
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for c, typ := range k.types {
			if c > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "CAST(%s AS %s)", placeholder(engine, r*len(k.types)+c+1), typ)
		}
		b.WriteByte(')')
	}
	b.WriteByte(')')
	query := k.query
	if k.probe && engine == Postgres {
		query = probing(query)
	}
	text := strings.ReplaceAll(query, "%s", b.String())
	k.cache.Store(key, text)
	return text
}

// idSet is how a look-up by one id names its keys.
const idSet = "IN (SELECT column1 FROM %s AS v)"

// asArray tells whether the keys go as one array.
func (k *keys) asArray(engine Engine) bool {
	return engine == Postgres && len(k.types) == 1 && k.types[0] == "BIGINT" && strings.Contains(k.query, idSet)
}

// ask returns the text and the arguments for n keys.
func (k *keys) ask(engine Engine, n int, add func(args []any, i int) []any) (string, []any) {
	size := 1
	for size < n {
		size *= 2
	}
	args := make([]any, 0, size*len(k.types))
	if !k.asArray(engine) {
		for i := range size {
			args = add(args, min(i, n-1))
		}
		return k.text(engine, size), args
	}
	ids := make([]int64, n)
	for i := range ids {
		ids[i], _ = add(args, i)[0].(int64)
	}
	return k.text(engine, 1), []any{ids}
}

// lookup runs the query for all items; a chunk is filled up by repeating its last key.
func lookup[T any](ctx context.Context, db *DB, k *keys, items []T, values func(args []any, item T) []any, scan func(scanner) error) error {
	if len(items) == 0 {
		return nil
	}
	return db.ask(ctx, look(db, k, items, values, scan)...)
}

// look makes the questions of a lookup, to be put together with others.
func look[T any](db *DB, k *keys, items []T, values func(args []any, item T) []any, scan func(scanner) error) []question {
	var out []question
	for len(items) > 0 {
		n := min(len(items), maxChunk)
		text, args := k.ask(db.engine, n, func(args []any, i int) []any { return values(args, items[i]) })
		out = append(out, question{text: db.on(text), args: args, scan: scan})
		items = items[n:]
	}
	return out
}

// scanner is the part of *sql.Rows that scanning a row needs.
type scanner interface{ Scan(dest ...any) error }

func idArg[T ~int64](args []any, id T) []any { return append(args, int64(id)) }

// micros is how a time is stored: Unix microseconds, 0 for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// when reads a stored time.
func when(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// timeCol scans a stored time.
type timeCol struct{ t *time.Time }

func (c timeCol) Scan(v any) error {
	us, ok := v.(int64)
	if !ok {
		return fmt.Errorf("time column holds %T", v)
	}
	*c.t = when(us)
	return nil
}

// jsonCol scans a column of JSON text.
type jsonCol struct{ dest any }

func (c jsonCol) Scan(v any) error {
	switch text := v.(type) {
	case string:
		if text == "" {
			return nil
		}
		return json.Unmarshal([]byte(text), c.dest)
	case []byte:
		if len(text) == 0 {
			return nil
		}
		return json.Unmarshal(text, c.dest)
	default:
		return fmt.Errorf("JSON column holds %T", v)
	}
}

// jsonText renders a value for a column of JSON text; a nil map or list is empty.
func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(b)
}

// jsonMap renders a map; a nil one as {}.
func jsonMap[V any](m map[string]V) string {
	if len(m) == 0 {
		return "{}"
	}
	return jsonText(m)
}

// prefixed puts a table's alias before each of its columns.
func prefixed(alias, columns string) string {
	list := strings.Split(columns, ",")
	for i, c := range list {
		list[i] = alias + "." + strings.TrimSpace(c)
	}
	return strings.Join(list, ", ")
}
