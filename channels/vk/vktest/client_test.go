package vktest_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels/vk/vktest"
)

// TestIndependentClient drives the server with vk-io, which was written against the real VK.
func TestIndependentClient(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"npm", "node"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("there is no " + tool)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	dir := installed(ctx, t)
	server := vktest.Start(vktest.Options{Token: token, Group: group, Wait: 200 * time.Millisecond})
	t.Cleanup(server.Close)
	server.Person(ivan, "Иван", "Петров")

	cmd := exec.CommandContext(ctx, "node", "client.mjs", server.BaseURL(), token, "224466")
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	saw := lines(t, out)
	saw("start", nil)
	sent := func(what string) { t.Helper(); saw("sent", func(l seen) bool { return l.Text == what }) }
	n, _ := server.Write(ivan, ivan, "hello", vktest.Extra{"attachments": []any{server.Photo([]byte("picture"))}})
	saw("message_new", func(l seen) bool { return l.Text == "hello" && l.Photos == 1 && l.From == ivan })
	sent("reply")
	server.Rewrite(ivan, n, "hello again")
	saw("message_edit", func(l seen) bool { return l.Text == "hello again" })
	server.Write(ivan, ivan, "picture")
	sent("picture")
	press := server.Press(ivan, ivan, 2, `{"d":"yes"}`)
	saw("message_event", func(l seen) bool { return l.Message == 2 })
	sent("answer")
	server.Write(ivan, ivan, "stop")
	saw("message_new", func(l seen) bool { return l.Text == "stop" })
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	var answered, pictured bool
	for _, m := range server.Shown(ivan) {
		answered = answered || m.Out && m.Text == "Hello, Иван" && m.Reply == n && strings.Contains(m.Keyboard, `"callback"`)
		pictured = pictured || m.Out && len(m.Attachments) == 1 && strings.HasPrefix(m.Attachments[0], "photo-224466_")
	}
	if !answered || !pictured || !slices.Contains(server.Answered(), press) {
		t.Errorf("answered %v, pictured %v, presses %v; shown: %+v", answered, pictured, server.Answered(), server.Shown(ivan))
	}
}

// installed is a folder with the client and its packages.
func installed(ctx context.Context, t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"package.json", "package-lock.json", "client.mjs"} {
		data, err := os.ReadFile(filepath.Join("client", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(ctx, "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return dir
}

// seen is what the client says that it saw.
type seen struct {
	Saw     string
	Text    string
	Photos  int
	From    int64
	Message int64
}

// lines reads what the client says; the function waits for one kind of line that fits.
func lines(t *testing.T, out interface{ Read([]byte) (int, error) }) func(kind string, fits func(l seen) bool) {
	t.Helper()
	scanner := bufio.NewScanner(out)
	return func(kind string, fits func(l seen) bool) {
		t.Helper()
		for scanner.Scan() {
			var l seen
			if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
				t.Fatalf("the client says %q", scanner.Text())
			}
			if l.Saw == kind && (fits == nil || fits(l)) {
				return
			}
		}
		t.Fatalf("the client never saw the %s it should", kind)
	}
}
