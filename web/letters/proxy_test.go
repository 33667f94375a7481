package letters_test

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"parley/inbox"
)

// elsewhere is a server of pictures that remembers what it was asked.
type elsewhere struct {
	*httptest.Server
	mu    sync.Mutex
	asked []*http.Request
}

func newElsewhere(t *testing.T, answer http.HandlerFunc) *elsewhere {
	e := &elsewhere{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.mu.Lock()
		e.asked = append(e.asked, r.Clone(r.Context()))
		e.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(e.Close)
	return e
}

func TestPictures(t *testing.T) {
	t.Parallel()
	webp := make([]byte, 40)
	copy(webp, "RIFF....WEBPVP8X")
	huge := encoded(t, "png", 20_000, 1)
	vast := encoded(t, "png", 8000, 8000)
	pictures := map[string][]byte{
		"/ok.png": encoded(t, "png", 30, 20), "/ok.jpg": encoded(t, "jpeg", 30, 20), "/ok.gif": encoded(t, "gif", 30, 20), "/ok.webp": webp,
		"/text": []byte("hello"), "/page.png": []byte("<html><script>alert(1)</script>"), "/empty": nil,
		"/lines.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "/xml.svg": []byte(`<?xml version="1.0"?><svg/>`),
		"/wide.png": huge, "/vast.png": vast, "/cut.png": encoded(t, "png", 30, 20)[:20],
		"/long.png": append(encoded(t, "png", 3, 3), make([]byte, 11<<20)...),
	}
	far := newElsewhere(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved.png":
			http.Redirect(w, r, "/ok.png", http.StatusFound)
		case "/inside.png":
			http.Redirect(w, r, "http://127.0.0.2/ok.png", http.StatusFound)
		case "/loop.png":
			http.Redirect(w, r, "/loop.png", http.StatusFound)
		case "/gone.png":
			http.Error(w, "gone", http.StatusGone)
		default:
			w.Header().Set("Content-Type", "image/svg+xml") // nobody asks for it
			w.Header().Set("Set-Cookie", "tracked=1")
			w.Write(pictures[r.URL.Path])
		}
	})
	for path, want := range map[string]string{
		"/ok.png": "image/png", "/ok.jpg": "image/jpeg", "/ok.gif": "image/gif", "/ok.webp": "image/webp", "/moved.png": "image/png",
		"/text": "", "/page.png": "", "/empty": "", "/lines.svg": "", "/xml.svg": "", "/wide.png": "", "/vast.png": "", "/cut.png": "", "/long.png": "",
		"/inside.png": "", "/loop.png": "", "/gone.png": "",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			p := open(t, shelf{1: mail(1, `<img src="`+far.URL+path+`?who=ann">`)})
			address := p.pictureOf("1")
			if want == "" {
				if _, body := p.get("ada", address, 503); !strings.Contains(body, "picture_not_fetched") {
					t.Error(body)
				}
			} else {
				header, body := p.get("ada", address, 200)
				if header.Get("Content-Type") != want || header.Get("Cache-Control") != "private, max-age=86400" || header.Get("X-Content-Type-Options") != "nosniff" ||
					header.Get("Set-Cookie") != "" || !strings.Contains(header.Get("Content-Security-Policy"), "sandbox") {
					t.Error(header)
				}
				if original := pictures[path]; original != nil && body != string(original) {
					t.Errorf("%d bytes of %d", len(body), len(original))
				}
			}
			if strings.Contains(p.log.String(), "ann") {
				t.Errorf("the log says who: %s", p.log)
			}
		})
	}
	t.Cleanup(func() {
		for _, r := range far.asked {
			if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" || r.Header.Get("Authorization") != "" || r.Method != http.MethodGet {
				t.Errorf("%s was asked with %v", r.URL, r.Header)
			}
		}
	})
}

func TestPictureNeedsASessionAndOurSeal(t *testing.T) {
	t.Parallel()
	far := newElsewhere(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(encoded(t, "png", 1, 1)) })
	p := open(t, shelf{1: mail(1, `<img src="`+far.URL+`/a.png">`)})
	address := p.pictureOf("1")
	p.get("", address, 401)
	for _, bad := range []string{address + "A", address[:len(address)-3], strings.Replace(address, "pictures/", "pictures/A", 1), "/api/v1/pictures/aHR0cDovL3gub3Jn", "/api/v1/pictures/!"} {
		p.get("ada", bad, 404)
	}
	if len(far.asked) != 0 {
		t.Errorf("%d calls left", len(far.asked))
	}
	p.get("ada", address, 200)
}

func TestOnlyPublicAddressesAreCalled(t *testing.T) {
	t.Parallel()
	for i, host := range []string{"169.254.169.254", "10.0.0.1", "127.0.0.2:1", "[::1]:1", "0.0.0.0:1"} {
		p := open(t, shelf{1: mail(1, `<img src="http://`+host+`/a.png">`)})
		p.get("ada", p.pictureOf("1"), 503)
		if !strings.Contains(p.log.String(), "outgoing call refused") {
			t.Errorf("%d: %s was not refused: %s", i, host, p.log)
		}
	}
}

func TestManyPicturesAtOnce(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now, most := 0, 0
	eight := make(chan struct{})
	var reached sync.Once
	far := newElsewhere(t, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		if now == 8 { // as many as may
			reached.Do(func() { close(eight) })
		}
		mu.Unlock()
		<-eight
		w.Write(encoded(t, "png", 1, 1))
		mu.Lock()
		now--
		mu.Unlock()
	})
	messages := shelf{}
	for i := range 20 {
		id := inbox.MessageID(i + 1)
		messages[id] = mail(id, fmt.Sprintf(`<img src="%s/%d.png">`, far.URL, i))
	}
	p := open(t, messages)
	var wait sync.WaitGroup
	for id := range messages {
		address := p.pictureOf(fmt.Sprint(id))
		wait.Go(func() { p.get("ada", address, 200) })
	}
	wait.Wait()
	if most != 8 {
		t.Errorf("%d at once, want 8", most)
	}
}

func TestWebPSize(t *testing.T) {
	t.Parallel()
	frame := func(chunk string, data ...byte) []byte {
		b := append([]byte("RIFF\x00\x00\x00\x00WEBP"+chunk+"\x00\x00\x00\x00"), data...)
		return append(b, make([]byte, 20)...)
	}
	size := func(width, height uint32) []byte {
		return append(binary.LittleEndian.AppendUint32(nil, width-1)[:3], binary.LittleEndian.AppendUint32(nil, height-1)[:3]...)
	}
	for name, c := range map[string]struct {
		body []byte
		want int
	}{
		"lossy":         {frame("VP8 ", 0, 0, 0, 0x9d, 0x01, 0x2a, 100, 0, 50, 0), 200},
		"lossy, broken": {frame("VP8 ", 0, 0, 0, 1, 2, 3, 100, 0, 50, 0), 503},
		"lossless":      {frame("VP8L", 0x2f, 0x63, 0x40, 0x0c, 0x00), 200},
		"extended":      {frame("VP8X", append([]byte{0, 0, 0, 0}, size(100, 50)...)...), 200},
		"too wide":      {frame("VP8X", append([]byte{0, 0, 0, 0}, size(16_385, 1)...)...), 503},
		"too many dots": {frame("VP8X", append([]byte{0, 0, 0, 0}, size(16_000, 16_000)...)...), 503},
		"unknown":       {frame("VP9 "), 503},
		"short":         {[]byte("RIFF\x00\x00\x00\x00WEBPVP8X"), 503},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			far := newElsewhere(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(c.body) })
			p := open(t, shelf{1: mail(1, `<img src="`+far.URL+`/a.webp">`)})
			p.get("ada", p.pictureOf("1"), c.want)
		})
	}
}
