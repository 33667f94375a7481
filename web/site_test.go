package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/internal/auth"
	"parley/internal/auth/authtest"
	"parley/web"
	"parley/web/app"
	"parley/web/widget"
)

// plain makes a request without following redirects or unpacking anything.
func (h *house) plain(method, path string, headers ...string) answer {
	h.t.Helper()
	req := h.anybody().request(method, path, nil)
	req.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return h.anybody().send(req)
}

func TestPagesKeepThePolicy(t *testing.T) {
	t.Parallel()
	h := boot(t)
	const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; " +
		"frame-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	// What the policy would refuse, or the network would have to bring.
	inline := regexp.MustCompile(`(?i)<style|style=|<script>|\son[a-z]+=|(src|href)="(https?:|//)`)
	for _, path := range []string{"/", "/inbox/all", "/join", "/demo", "/api/docs"} {
		a := h.plain("GET", path)
		if a.status != 200 || a.header.Get("Content-Security-Policy") != policy || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") ||
			a.header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(a.header.Get("Cache-Control"), "no-cache") {
			t.Errorf("%s: %d %v", path, a.status, a.header)
		}
		if found := inline.Find(a.raw); found != nil {
			t.Errorf("%s holds %q", path, found)
		}
	}
	frame := h.plain("GET", fmt.Sprintf("/widget/%d", h.chat))
	if p := frame.header.Get("Content-Security-Policy"); frame.status != 200 || !strings.HasSuffix(p, "; frame-ancestors *") || frame.header.Get("X-Frame-Options") != "" {
		t.Errorf("chat page: %d %v", frame.status, frame.header)
	}
	if app.Built() {
		const worker = "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
		// A worker that is kept would keep an old page alive.
		if a := h.plain("GET", "/sw.js"); a.status != 200 || a.header.Get("Content-Security-Policy") != worker || a.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("worker: %d %v", a.status, a.header)
		}
		a := h.plain("GET", "/manifest.webmanifest")
		if a.status != 200 || a.header.Get("Content-Type") != "application/manifest+json" {
			t.Errorf("manifest: %d %v", a.status, a.header)
		}
		for _, icon := range regexp.MustCompile(`"src": "(/[^"]+)"`).FindAllSubmatch(a.raw, -1) {
			if i := h.plain("GET", string(icon[1])); i.status != 200 || !strings.HasPrefix(i.header.Get("Content-Type"), "image/") {
				t.Errorf("%s: %d %v", icon[1], i.status, i.header)
			}
		}
	}
	for _, path := range []string{"/widget/999", "/widget/x"} {
		if a := h.plain("GET", path); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if a := h.plain("GET", "/api/v1/agents"); !strings.HasPrefix(a.header.Get("Content-Security-Policy"), "default-src 'none'; base-uri") || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("data: %v", a.header)
	}
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	h := boot(t)
	for path, want := range map[string]int{
		"/assets/none-1a2b.js": 404, "/nothing.png": 404, "/api/v1/nothing": 404, "/api/nothing": 404, "/chat": 404, "/hooks/1/x": 404,
		"/widget-assets/none.js": 404, "/demo-assets/none.svg": 404, "/../../etc/passwd": 200, "/contacts/17": 200, "/index.html": 200,
	} {
		a := h.plain("GET", path)
		if a.status != want {
			t.Errorf("%s: %d", path, a.status)
		}
		if want == 404 && a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s", path, a.header.Get("Content-Type"))
		}
		if bytes.Contains(a.raw, []byte("root:")) {
			t.Errorf("%s left the house", path)
		}
	}
	if a := h.plain("PUT", "/api/v1/agents"); a.status != 405 {
		t.Errorf("PUT: %d", a.status)
	}
}

func TestStaticFilesAreCompressedAndKept(t *testing.T) {
	t.Parallel()
	h := boot(t)
	asset := func(files fs.FS, dir, prefix string) string {
		names, err := fs.Glob(files, dir)
		if err != nil || len(names) == 0 {
			t.Skip("the front end is not built; run make build")
		}
		return prefix + names[0]
	}
	paths := []string{asset(widget.Files(), "frame-*.js", widget.AssetPrefix)}
	if app.Built() {
		paths = append(paths, asset(app.Files(), "assets/index-*.js", "/"))
	}
	for _, path := range paths {
		plain := h.plain("GET", path)
		if plain.status != 200 || !strings.Contains(plain.header.Get("Cache-Control"), "immutable") || plain.header.Get("Content-Encoding") != "" {
			t.Errorf("%s: %d %v", path, plain.status, plain.header)
		}
		gz := h.plain("GET", path, "Accept-Encoding", "br;q=0, gzip")
		r, err := gzip.NewReader(bytes.NewReader(gz.raw))
		if err != nil || gz.header.Get("Content-Encoding") != "gzip" || !strings.Contains(gz.header.Get("Vary"), "Accept-Encoding") {
			t.Fatalf("%s: %v %v", path, err, gz.header)
		}
		if same, err := io.ReadAll(r); err != nil || !bytes.Equal(same, plain.raw) {
			t.Errorf("%s: the compressed twin differs: %v", path, err)
		}
		br := h.plain("GET", path, "Accept-Encoding", "gzip, br")
		if br.header.Get("Content-Encoding") != "br" || br.header.Get("ETag") == gz.header.Get("ETag") {
			t.Errorf("%s: %v", path, br.header)
		}
		if again := h.plain("GET", path, "Accept-Encoding", "br", "If-None-Match", br.header.Get("ETag")); again.status != 304 || len(again.raw) != 0 {
			t.Errorf("%s: %d", path, again.status)
		}
	}
	loader := h.plain("GET", fmt.Sprintf("/widget.js?account=%d", h.chat))
	if loader.status != 200 || loader.header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || strings.Contains(loader.header.Get("Cache-Control"), "immutable") {
		t.Errorf("loader: %d %v", loader.status, loader.header)
	}
}

func TestHealthAndMetrics(t *testing.T) {
	t.Parallel()
	h := boot(t)
	for _, path := range []string{"/healthz", "/readyz"} {
		if a := h.plain("GET", path); a.status != 200 {
			t.Errorf("%s: %d %s", path, a.status, a.raw)
		}
	}
	h.plain("GET", "/api/v1/agents/17")
	metrics := string(h.plain("GET", "/metrics").raw)
	if !strings.Contains(metrics, `parley_http_requests_total{method="GET",route="/api/v1/agents/{id}",status="401"} 1`) {
		t.Error("the request is not counted by its route")
	}
	if strings.Contains(metrics, "/agents/17") {
		t.Error("a path became a series")
	}
}

func TestNotReadySaysWhy(t *testing.T) {
	t.Parallel()
	service := auth.New(auth.Options{Store: authtest.NewMemory(), NextID: authtest.IDs(1), Hasher: authtest.CheapHasher()})
	for name, c := range map[string]struct {
		ready func(context.Context) error
		says  string
	}{
		"refused": {func(context.Context) error { return fmt.Errorf("the disk is full") }, "the disk is full"},
		"silent":  {func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, "did not answer"},
	} {
		s, err := web.New(web.Deps{Auth: service, Ready: c.ready, PublicURL: "https://desk.example.com"})
		if err != nil {
			t.Fatal(err)
		}
		req, err := http.NewRequest("GET", "/readyz", nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := s.Handler().Test(req, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != 503 || !strings.Contains(string(body), c.says) {
			t.Errorf("%s: %d %s", name, res.StatusCode, body)
		}
		if !strings.HasPrefix(res.Header.Get("Strict-Transport-Security"), "max-age=") {
			t.Errorf("%s: no HSTS although the installation is https", name)
		}
	}
}

func TestDescriptionIsWhole(t *testing.T) {
	t.Parallel()
	h := boot(t)
	ops, api := described(t, h)
	if api["openapi"] != "3.1.0" {
		t.Errorf("version %v", api["openapi"])
	}
	schemes := api["components"].(object)["securitySchemes"].(object)
	for _, o := range ops {
		d := api["paths"].(object)[o.path].(object)[strings.ToLower(o.method)].(object)
		if d["summary"] == nil || d["summary"] == "" {
			t.Errorf("%s has no summary", o.id)
		}
		security, _ := d["security"].([]any)
		if len(security) == 0 && !o.open {
			t.Errorf("%s names no way to sign in", o.id)
		}
		for _, way := range security {
			for name := range way.(object) {
				if schemes[name] == nil {
					t.Errorf("%s: there is no security scheme %q", o.id, name)
				}
			}
		}
		if d["responses"].(object)["default"] == nil {
			t.Errorf("%s does not describe its problems", o.id)
		}
	}
}

// TestShutdownEndsStreamsAndFinishesRequests is the promise of a clean stop.
func TestShutdownEndsStreamsAndFinishesRequests(t *testing.T) {
	t.Parallel()
	h := boot(t)
	s := h.root.listen("/api/v1/events", "")
	s.until("hello", nil)
	ctx, cancel := context.WithTimeout(t.Context(), 9*time.Second)
	defer cancel()
	if err := h.app.Web.Shutdown(ctx); err != nil {
		t.Fatalf("shut down with an open stream: %v", err)
	}
	if _, err := io.ReadAll(s.in); err != nil {
		t.Errorf("the stream was cut off instead of ended: %v", err)
	}
	if _, err := http.Get(h.url + "/healthz"); err == nil {
		t.Error("the server still answers")
	}
}
