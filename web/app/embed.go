package app

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

//go:embed placeholder
var placeholder embed.FS

// Files returns the built page and its assets: index.html, assets/* under hashed
// names, and for each textual file its pre-compressed twins with the suffixes .br and
// .gz. When the front end was not built it holds the placeholder's index.html alone.
// The files are read-only and safe for concurrent use.
func Files() fs.FS {
	if sub, err := fs.Sub(dist, "dist"); err == nil && exists(sub, "index.html") {
		return sub
	}
	sub, err := fs.Sub(placeholder, "placeholder")
	if err != nil {
		return placeholder
	}
	return sub
}

// Built reports whether Files holds the real front end rather than the placeholder.
func Built() bool {
	return exists(dist, "dist/index.html")
}

func exists(files fs.FS, name string) bool {
	_, err := fs.Stat(files, name)
	return err == nil
}
