package house_test

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryPackageIntroducesItself(t *testing.T) {
	t.Parallel()
	for _, p := range goPackages(t) {
		if len(p.sources) == 0 {
			continue
		}
		i := slices.IndexFunc(p.sources, func(f goFile) bool { return path.Base(f.path) == "doc.go" })
		if i < 0 {
			t.Errorf("%s has no doc.go", p.dir)
			continue
		}
		if doc := p.sources[i].syntax.Doc; doc == nil || len(strings.Fields(doc.Text())) < 15 {
			t.Errorf("%s/doc.go does not say what the package is for, may import and guards", p.dir)
		}
	}
}

func TestNoInit(t *testing.T) {
	t.Parallel()
	for _, p := range goPackages(t) {
		for _, f := range p.sources {
			for _, decl := range f.syntax.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
					t.Errorf("%s: init runs before anybody asked; wire it in internal/app", f.fset.Position(fn.Pos()))
				}
			}
		}
	}
}

// databasePackages give a room its own way to a database.
var databasePackages = []string{"database/sql", "github.com/jackc/pgx/v5", "github.com/pressly/goose/v3", "modernc.org/sqlite"}

// statement recognises SQL by its grammar, so that prose about selecting or updating is left alone.
var statement = regexp.MustCompile(`(?is)\b(select\s[^;]*\sfrom\s+[a-z_]+|insert\s+into\s+[a-z_]+|update\s+[a-z_]+\s+set\s+[a-z_]+\s*=|delete\s+from\s+[a-z_]+\s*(where|;|$)|(create|drop|alter)\s+(table|index|database)\s+[a-z_]+)`)

func TestSQLStandsInTheStoreAlone(t *testing.T) {
	t.Parallel()
	for _, p := range goPackages(t) {
		if p.dir == "internal/store" || strings.HasPrefix(p.dir, "internal/store/") || p.dir == "internal/testenv" {
			continue // testenv makes and drops its databases
		}
		for _, f := range p.sources {
			for _, imported := range f.imports {
				if slices.ContainsFunc(databasePackages, func(db string) bool {
					return imported == db || strings.HasPrefix(imported, db+"/")
				}) {
					t.Errorf("%s imports %s: only internal/store talks to a database", f.path, imported)
				}
			}
			ast.Inspect(f.syntax, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && statement.MatchString(lit.Value) {
					t.Errorf("%s: SQL outside internal/store", f.fset.Position(lit.Pos()))
				}
				return true
			})
		}
	}
}

func TestStatementIsRecognised(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"SELECT id FROM message WHERE id = $1":         true,
		"insert into contact (id) values ($1)":         true,
		"UPDATE job\n\tSET due = $1":                   true,
		"DELETE FROM draft WHERE id = $1":              true,
		"CREATE TABLE lead (id BIGINT)":                true,
		"select a colleague from the list":             true, // a false alarm we accept: say it otherwise
		"update the page, then set the clock":          false,
		"nothing to delete from here on":               false,
		"choose one of the accounts":                   false,
		"the message was taken from an account's past": false,
	} {
		if got := statement.MatchString(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
