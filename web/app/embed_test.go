package app_test

import (
	"io/fs"
	"strings"
	"testing"

	"parley/web/app"
)

func TestFilesAlwaysHasAnIndex(t *testing.T) {
	t.Parallel()

	body, err := fs.ReadFile(app.Files(), "index.html")
	if err != nil {
		t.Fatalf("read index: %v", err)
	}
	if !strings.Contains(string(body), "Parley") {
		t.Errorf("the index does not name the product: %.80q", body)
	}
	if app.Built() && !strings.Contains(string(body), "/assets/") {
		t.Error("a built index names no assets")
	}
}
