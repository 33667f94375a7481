package store

import (
	"strings"
	"sync"
)

// Engine is one of the two databases.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// texts keeps, per query text, what it is on this engine.
type texts struct {
	engine Engine
	cache  sync.Map // string → string
}

// on returns the query for the engine: lines marked for the other one are dropped.
func (t *texts) on(query string) string {
	if !strings.Contains(query, "-- only:") {
		return query
	}
	if have, ok := t.cache.Load(query); ok {
		return have.(string)
	}
	text := forEngine(t.engine, query)
	t.cache.Store(query, text)
	return text
}

// forEngine drops the lines that are marked for another engine, and the marks.
func forEngine(engine Engine, query string) string {
	var b strings.Builder
	for line := range strings.Lines(query) {
		text, mark, marked := strings.Cut(line, "-- only: ")
		if !marked {
			b.WriteString(line)
			continue
		}
		if strings.TrimSpace(mark) == string(engine) {
			b.WriteString(strings.TrimRight(text, " \t"))
			b.WriteByte('\n')
		}
	}
	return b.String()
}
