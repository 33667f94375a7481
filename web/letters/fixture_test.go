package letters_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/channels/email/quote"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/egress"
	"parley/web/letters"
	"parley/web/rest"
	"parley/web/site"
)

// post is a post office: some messages that Ada may see, and the operations on them.
type post struct {
	t   *testing.T
	app *fiber.App
	log *bytes.Buffer
}

const ada = auth.AgentID(1)

type gate struct{}

func (gate) Authenticate(_ context.Context, token string) (auth.Principal, error) {
	if token != "ada" && token != "tom" {
		return auth.Principal{}, auth.ErrUnauthenticated
	}
	id := ada
	if token == "tom" {
		id = 2
	}
	return auth.Principal{Viewer: auth.Viewer{AgentID: id, Role: auth.RoleAgent, Reach: auth.ReachAll, Language: "en"}}, nil
}

func (gate) AuthenticateKey(context.Context, string) (auth.Viewer, error) {
	return auth.Viewer{}, auth.ErrBadKey
}

// shelf is messages that Ada alone may see.
type shelf map[inbox.MessageID]inbox.Message

func (s shelf) Message(_ context.Context, v actor.Viewer, id inbox.MessageID) (inbox.Message, error) {
	m, ok := s[id]
	if !ok || v.AgentID != int64(ada) {
		return inbox.Message{}, inbox.ErrNoMessage
	}
	return m, nil
}

// open makes a post office whose pictures come through a door that knows this machine,
// and no other that is not public.
func open(t *testing.T, messages shelf) *post {
	t.Helper()
	p := &post{t: t, log: &bytes.Buffer{}}
	log := slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	door := egress.New(egress.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Log: log})
	p.app = fiber.New(fiber.Config{Immutable: true})
	p.app.Use(site.Headers(false), func(c *fiber.Ctx) error {
		c.SetUserContext(rest.WithRequest(context.Background(), &rest.Request{Language: rest.ChooseLanguage(c.Get("Accept-Language"))}))
		return c.Next()
	})
	api := rest.New(p.app, rest.Options{Gate: gate{}, Log: log})
	letters.New(letters.Deps{
		Messages: messages, Fold: quote.Fold, Client: door.ClientWith(letters.PictureTimeout, letters.MaxPicture+1), Key: bytes.Repeat([]byte{7}, 32), Log: log,
	}).Declare(api)
	return p
}

// get reads an address as somebody, and fails unless the status is as wanted.
func (p *post) get(who, address string, want int) (http.Header, string) {
	p.t.Helper()
	req := httptest.NewRequest(http.MethodGet, address, http.NoBody)
	if who != "" {
		req.Header.Set("Cookie", "parley_session="+who)
	}
	res, err := p.app.Test(req, 30_000)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if res.StatusCode != want {
		p.t.Fatalf("%s: %d, want %d: %.300s", address, res.StatusCode, want, body)
	}
	return res.Header, string(body)
}

// pictureOf returns the address under which a page shows the only picture of a mail.
func (p *post) pictureOf(id string) string {
	p.t.Helper()
	_, body := p.get("ada", "/api/v1/messages/"+id+"/html?images=true", 200)
	_, rest, _ := strings.Cut(body, ` src="`)
	address, _, ok := strings.Cut(rest, `"`)
	if !ok {
		p.t.Fatalf("no picture in %s", body)
	}
	return address
}

func encoded(t *testing.T, kind string, width, height int) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black})
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, img)
	case "jpeg":
		err = jpeg.Encode(&b, img, nil)
	case "gif":
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// mail is a message with HTML.
func mail(id inbox.MessageID, html string, files ...inbox.File) inbox.Message {
	return inbox.Message{ID: id, Direction: inbox.Inbound, Kind: inbox.KindMessage, HTML: html, Files: files, CreatedAt: time.Unix(0, 0)}
}
