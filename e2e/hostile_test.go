package e2e_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gofiber/fiber/v2"

	"parley/channels/email/quote"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/egress"
	"parley/internal/testenv"
	"parley/web/letters"
	"parley/web/rest"
	"parley/web/safehtml"
	"parley/web/site"
)

// TestHostileMail shows hostile mails in a browser: on their page in the frame as the
// product has it, without the page's policy and the sandbox, and without the sanitiser.
// Each of the two fences must hold alone.
func TestHostileMail(t *testing.T) {
	browser := hostileTools(t)
	h := newHall(t)
	cmd := exec.CommandContext(t.Context(), "node", "hostile/run.mjs")
	cmd.Env = append(os.Environ(), "CHROMIUM="+browser, "HALL="+h.url, "ELSEWHERE="+h.elsewhere.URL)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	t.Log("\n" + out.String())
	if err != nil {
		t.Fatal(err)
	}
	// Once by the browser, from the unprotected page that shows that the script would see
	// it, and once through us, when pictures were asked for.
	if n := h.asked.Load(); n != 2 {
		t.Errorf("elsewhere was asked %d times, want twice", n)
	}
}

// hostileTools finds Chromium and installs what the script needs.
func hostileTools(t *testing.T) string {
	t.Helper()
	missing := func(err error) {
		if testenv.Required() {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			missing(err)
		}
	}
	if _, err := os.Stat("node_modules/playwright-core"); err != nil {
		if out, err := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund").CombinedOutput(); err != nil {
			missing(fmt.Errorf("npm ci: %w: %s", err, out))
		}
	}
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	missing(errors.New("no Chromium: install the package chromium"))
	return ""
}

// hostile is a mail that means harm.
type hostile struct {
	Title   string `json:"title"`
	Payload string `json:"payload"`
}

// own are mails that certainly run, load or lead away where nothing keeps them. The first
// of them show that the script would notice.
const certain = 6

func own(elsewhere string) []hostile {
	list := []hostile{
		{"script", `<script>alert(1)</script>`},
		{"handler", `<img src="data:," onerror="alert(1)">`},
		{"svg", `<svg onload="alert(1)"></svg>`},
		{"frame", `<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>`},
		{"focus", `<input autofocus onfocus="alert(1)">`},
		{"details", `<details open ontoggle="alert(1)">x</details>`},
		{"picture", `<img src="ELSEWHERE/picture.png">`},
		{"srcset", `<img srcset="ELSEWHERE/srcset.png 1x"><picture><source srcset="ELSEWHERE/source.png"><img></picture>`},
		{"sheet", `<link rel=stylesheet href="ELSEWHERE/sheet.css"><style>@import "ELSEWHERE/import.css";</style>`},
		{"background", `<body background="ELSEWHERE/body.png"><div style="background:url(ELSEWHERE/div.png)">x</div><style>p{background:u\72l(ELSEWHERE/p.png)}</style><p>x</p>`},
		{"font", `<style>@font-face{font-family:f;src:url(ELSEWHERE/f.woff)}p{font-family:f}</style><p>x</p>`},
		{"media", `<video src="ELSEWHERE/v.mp4" poster="ELSEWHERE/poster.png" autoplay></video><audio src="ELSEWHERE/a.mp3" autoplay></audio><embed src="ELSEWHERE/e"><object data="ELSEWHERE/o"></object>`},
		{"prefetch", `<link rel=prefetch href="ELSEWHERE/prefetch"><link rel=preload as=image href="ELSEWHERE/preload"><link rel=dns-prefetch href="ELSEWHERE">`},
		{"refresh", `<meta http-equiv=refresh content="0;url=ELSEWHERE/refresh">`},
		{"refresh to script", `<meta http-equiv=refresh content="0;url=javascript:alert(1)">`},
		{"base", `<base href="ELSEWHERE/"><img src="base.png"><a href="x">x</a>`},
		{"inner frame", `<iframe src="ELSEWHERE/frame"></iframe><iframe src="javascript:alert(1)"></iframe>`},
		{"svg picture", `<svg><image href="ELSEWHERE/image.png"/><use href="ELSEWHERE/use.svg#x"/><feImage href="ELSEWHERE/fe.png"/></svg>`},
		{"svg animation", `<svg><a><animate attributeName=href values="javascript:alert(1)"/><text>x</text></a><set attributeName=onload to=alert(1)></svg>`},
		{"tracker", `<img src="ELSEWHERE/t.gif" width=1 height=1>`},
		{"link", `<a href="javascript:alert(1)" id=go>x</a><a href="&#1;java&#9;script:alert(1)">y</a><map name=m><area href="javascript:alert(1)"></map>`},
		{"form", `<form action="ELSEWHERE/form"><button autofocus>x</button><input type=image src="ELSEWHERE/button.png"></form>`},
		{"mutation", `<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`},
		{"math", `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`},
		{"noscript", `<noscript><p title="</noscript><img src=1 onerror=alert(1)>">`},
		{"template", `<template shadowrootmode=open><img src=1 onerror=alert(1)><slot></slot></template>`},
		{"comment", `<!--><img src=1 onerror=alert(1)>--><!--!><img src=1 onerror=alert(1)>-->`},
		{"sheet end", `<style>p{font-family:"</style><img src=1 onerror=alert(1)>"}</style>`},
		{"media query", `<style media="} p{background:url(ELSEWHERE/q.png)} @media all">p{color:red}</style><p>x</p>`},
		{"image", `<image src=1 onerror=alert(1)>`},
		{"portal", `<a ping="ELSEWHERE/ping" href="https://example.org/" attributionsrc="ELSEWHERE/attribution">x</a>`},
		{"clobber", `<form id=document name=body><input name=cookie></form><img name=getElementById><a id=alert></a>`},
	}
	for i := range list {
		list[i].Payload = strings.ReplaceAll(list[i].Payload, "ELSEWHERE", elsewhere)
	}
	return list
}

// vectors are the attacks that lie beside the repository, nothing when they do not.
func vectors(t *testing.T) []hostile {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "shared", "corpora", "html", "dompurify", "expect.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Log("no vectors in ../shared/corpora/html: our own alone are tried")
		return nil
	}
	var list []hostile
	if err == nil {
		err = json.Unmarshal(b, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// hall serves hostile mails: as the product does, and with one of its fences taken away.
type hall struct {
	url       string
	mails     []hostile
	elsewhere *httptest.Server
	asked     atomic.Int64
}

type doorman struct{}

func (doorman) Authenticate(_ context.Context, token string) (auth.Principal, error) {
	if token != "ada" {
		return auth.Principal{}, auth.ErrUnauthenticated
	}
	return auth.Principal{Viewer: auth.Viewer{AgentID: 1, Role: auth.RoleAgent, Reach: auth.ReachAll, Language: "en"}}, nil
}

func (doorman) AuthenticateKey(context.Context, string) (auth.Viewer, error) {
	return auth.Viewer{}, auth.ErrBadKey
}

// Message implements letters.Messages: the mails are numbered from 1.
func (h *hall) Message(_ context.Context, _ actor.Viewer, id inbox.MessageID) (inbox.Message, error) {
	if id < 1 || int(id) > len(h.mails) {
		return inbox.Message{}, inbox.ErrNoMessage
	}
	return inbox.Message{ID: id, HTML: h.mails[id-1].Payload}, nil
}

// pagePolicy is that of the agents' page, which the frames are on.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; " +
	"frame-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const sandbox = `sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"`

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{}
	h.elsewhere = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked.Add(1)
		w.Header().Set("Content-Type", "image/gif")
		_, _ = w.Write([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"))
	}))
	t.Cleanup(h.elsewhere.Close)
	mine := own(h.elsewhere.URL)
	h.mails = append(mine, vectors(t)...)

	app := fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true})
	app.Use(site.Headers(false), func(c *fiber.Ctx) error {
		c.SetUserContext(rest.WithRequest(context.Background(), &rest.Request{Language: "en"}))
		return c.Next()
	})
	log := slog.New(slog.DiscardHandler)
	door := egress.New(egress.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	letters.New(letters.Deps{Messages: h, Fold: quote.Fold, Client: door.Client(), Key: make([]byte, 32), Log: log}).
		Declare(rest.New(app, rest.Options{Gate: doorman{}, Log: log}))

	app.Get("/mails", func(c *fiber.Ctx) error {
		return c.JSON(fiber.Map{"mails": h.mails, "certain": certain, "own": len(mine)})
	})
	page := func(c *fiber.Ctx, policy, body string) error {
		c.Response().Header.Del(fiber.HeaderContentSecurityPolicy)
		if policy != "" {
			c.Set(fiber.HeaderContentSecurityPolicy, policy)
		}
		c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
		return c.SendString("<!doctype html><html lang=en><head><meta charset=utf-8><link rel=icon href='data:,'><title>x</title></head><body>" + body + "</body></html>")
	}
	payload := func(c *fiber.Ctx) string {
		id, _ := c.ParamsInt("id")
		m, _ := h.Message(c.Context(), actor.Viewer{}, inbox.MessageID(id))
		return m.HTML
	}
	app.Get("/raw/:id", func(c *fiber.Ctx) error { return page(c, "", payload(c)) })
	app.Get("/policy/:id", func(c *fiber.Ctx) error { return page(c, letters.Policy, payload(c)) })
	app.Get("/sanitised/:id", func(c *fiber.Ctx) error {
		return page(c, "", safehtml.Mail(payload(c), safehtml.Options{Sheets: true}).HTML)
	})
	app.Get("/hall/:mode/:from/:to", func(c *fiber.Ctx) error {
		from, _ := c.ParamsInt("from")
		to, _ := c.ParamsInt("to")
		var b strings.Builder
		for id := from; id < to; id++ {
			address, box := "/"+c.Params("mode")+"/"+strconv.Itoa(id), sandbox
			switch c.Params("mode") {
			case "product":
				address = "/api/v1/messages/" + strconv.Itoa(id) + "/html" + html.EscapeString(c.Query("more"))
			case "raw", "sanitised":
				box = ""
			}
			fmt.Fprintf(&b, "<iframe %s data-id=%d title=%d src=\"%s\"></iframe>", box, id, id, address)
		}
		policy := pagePolicy
		if c.Params("mode") == "raw" || c.Params("mode") == "sanitised" {
			policy = ""
		}
		return page(c, policy, b.String())
	})

	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.url = "http://" + ln.Addr().String()
	stopped := make(chan error, 1)
	go func() { stopped <- app.Listener(ln) }()
	t.Cleanup(func() {
		if err := errors.Join(app.Shutdown(), <-stopped); err != nil {
			t.Error(err)
		}
	})
	return h
}
