package widget

import (
	"embed"
	"io/fs"
)

// AssetPrefix is the address under which the chat page asks for its hashed script and style
// (dist/frame-HASH.js is AssetPrefix + "frame-HASH.js"). They never change under one name, so
// they may be cached for a year.
const AssetPrefix = "/widget-assets/"

// DemoAssetPrefix is the address under which the sample shop asks for its own files.
const DemoAssetPrefix = "/demo-assets/"

// Names of the two entry points within Files.
const (
	// LoaderName is served at /widget.js, no-cache.
	LoaderName = "loader.js"
	// FrameName is served at /widget/{account}, no-cache.
	FrameName = "frame.html"
)

//go:embed all:dist
var dist embed.FS

//go:embed placeholder
var placeholder embed.FS

//go:embed demo-assets
var demoAssets embed.FS

// Built reports whether the front end was built before this binary was.
func Built() bool {
	_, err := fs.Stat(dist, "dist/"+FrameName)
	return err == nil
}

// Files returns the built chat: LoaderName, FrameName, the frame's hashed files, and beside each
// its .br and .gz twins. Without a build it returns a placeholder with the same two entry points
// that says so, which keeps `go build` and `go test` free of Node.
func Files() fs.FS {
	if Built() {
		return under(dist, "dist")
	}
	return under(placeholder, "placeholder")
}

// DemoAssets returns the pictures, style and script of the sample shop.
func DemoAssets() fs.FS { return under(demoAssets, "demo-assets") }

// under is fs.Sub for a folder known at compile time.
func under(files embed.FS, folder string) fs.FS {
	sub, err := fs.Sub(files, folder)
	if err != nil {
		// Only an invalid path name can fail, and every caller passes a constant.
		return files
	}
	return sub
}
