package house_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Limits on what a reader is asked to take in at once, in lines. Most files should be far below.
const (
	longestFile      = 500
	longestComponent = 200 // one TypeScript component
	largestFile      = 2 << 20
)

func TestFilesStayReadable(t *testing.T) {
	t.Parallel()
	for _, p := range goPackages(t) {
		for _, f := range append(p.sources, p.tests...) {
			if f.lines > longestFile && !f.generated() {
				t.Errorf("%s has %d lines, more than %d: divide it by noun", f.path, f.lines, longestFile)
			}
		}
	}
	walk(t, func(name string, entry fs.DirEntry) {
		if info, err := entry.Info(); err == nil && info.Size() > largestFile {
			t.Errorf("%s has %d bytes, more than %d: large files do not belong in the repository", name, info.Size(), largestFile)
		}
		limit := 0
		switch path.Ext(name) {
		case ".tsx":
			limit = longestComponent
		case ".ts", ".css":
			limit = longestFile
		}
		if limit == 0 {
			return
		}
		text := read(t, name)
		if lines := bytes.Count(text, []byte("\n")); lines > limit && !generated(text) {
			t.Errorf("%s has %d lines, more than %d: divide it", name, lines, limit)
		}
	})
}

// machinePath finds folders that exist on one person's machine. It is put together here so that this
// file does not match itself.
var machinePath = regexp.MustCompile(`(^|[\s"'` + "`" + `(=:])/(` + strings.Join([]string{"work", "root", "home/[a-z]+", "Users/[A-Za-z]+"}, "|") + `)/`)

// registryHost finds the address of a package registry: lock files name versions and checksums, and
// whoever builds says where packages come from.
var registryHost = regexp.MustCompile(strings.Join([]string{`registry\.npm` + `js`, `registry\.yarn` + `pkg`, `proxy\.golang\.` + `org`, `sum\.golang\.` + `org`, `deb\.debian\.` + `org`}, "|"))

func TestNothingOfOneMachineIsCommitted(t *testing.T) {
	t.Parallel()
	walk(t, func(name string, _ fs.DirEntry) {
		text := read(t, name)
		if bytes.IndexByte(text, 0) >= 0 {
			return // a picture or a font
		}
		for i, line := range bytes.Split(text, []byte("\n")) {
			if machinePath.Match(line) {
				t.Errorf("%s:%d names a folder of one machine", name, i+1)
			}
			if registryHost.Match(line) {
				t.Errorf("%s:%d names a package registry", name, i+1)
			}
		}
	})
}

func TestMachinePathIsRecognised(t *testing.T) {
	t.Parallel()
	slash := "/"
	for text, want := range map[string]bool{
		`"` + slash + `home/jane/parley/x.go"`: true,
		"see " + slash + "root/.cache":         true,
		"https://example.org/work/it":          false,
		"/api/v1/workplace":                    false,
		"the network/home/street":              false,
	} {
		if got := machinePath.MatchString(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// generated reports whether the head of a TypeScript file says that a program wrote it.
func generated(text []byte) bool {
	return bytes.Contains(bytes.ToLower(text[:min(len(text), 200)]), []byte("generated"))
}
