package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "parley"

// goPackage is one folder with Go files.
type goPackage struct {
	dir     string // from the module's root, with slashes
	sources []goFile
	tests   []goFile
}

type goFile struct {
	path    string
	syntax  *ast.File
	fset    *token.FileSet
	imports []string
	lines   int
}

func (f goFile) generated() bool { return ast.IsGenerated(f.syntax) }

// goPackages parses every Go file of the module, whatever its build constraints.
func goPackages(t *testing.T) []goPackage {
	t.Helper()
	byDir := map[string]*goPackage{}
	var order []string
	walk(t, func(name string, _ fs.DirEntry) {
		if path.Ext(name) != ".go" {
			return
		}
		dir := path.Dir(name)
		if byDir[dir] == nil {
			byDir[dir] = &goPackage{dir: dir}
			order = append(order, dir)
		}
		file := parse(t, name)
		if strings.HasSuffix(name, "_test.go") {
			byDir[dir].tests = append(byDir[dir].tests, file)
		} else {
			byDir[dir].sources = append(byDir[dir].sources, file)
		}
	})
	if len(order) < 10 {
		t.Fatalf("found only %d packages: is this the module's root?", len(order))
	}
	all := make([]goPackage, 0, len(order))
	for _, dir := range order {
		all = append(all, *byDir[dir])
	}
	return all
}

func parse(t *testing.T, name string) goFile {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	f := goFile{path: name, syntax: syntax, fset: fset, lines: strings.Count(string(text), "\n")}
	for _, spec := range syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		f.imports = append(f.imports, imported)
	}
	return f
}

// root is the module's folder: tests run in their package's own.
const root = "../.."

// walk visits every file of the working tree that is, or could be, committed: it stays out of what is
// built, fetched or hidden.
func walk(t *testing.T, visit func(name string, entry fs.DirEntry)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			switch base := path.Base(name); {
			case base == "node_modules", base == "dist", name == "data", name == "bin":
				return fs.SkipDir
			case strings.HasPrefix(base, ".") && name != "." && base != ".ci":
				return fs.SkipDir
			}
			return nil
		}
		visit(name, entry)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
