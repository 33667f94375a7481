package letters_test

import (
	"strings"
	"testing"
	"time"

	"parley/inbox"
	"parley/web/letters"
)

func TestClean(t *testing.T) {
	t.Parallel()
	m := mail(1, `<style>p{color:red}</style><p onclick=x>a</p><img src="cid:a@b"><img src="cid:13"><img src="https://x.org/a.png">`,
		inbox.File{ID: 12, Type: "image/png", ContentID: "a@b"}, inbox.File{ID: 13, Type: "image/gif"})
	want := `<p>a</p><img src="/api/v1/files/12"><img src="/api/v1/files/13"><img class="parley-picture" data-parley-src="https://x.org/a.png">`
	if got := letters.Clean(&m); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := letters.Clean(&inbox.Message{Text: "x"}); got != "" {
		t.Errorf("a message without HTML has %s", got)
	}
}

func TestCleanerSeesChanges(t *testing.T) {
	t.Parallel()
	var c letters.Cleaner
	m := mail(1, `<p>a<script></script></p>`)
	for range 2 {
		if got := c.Clean(&m); got != "<p>a</p>" {
			t.Error(got)
		}
	}
	m.HTML, m.UpdatedAt = strings.Replace(m.HTML, "a", "b", 1), time.Unix(5, 0)
	if got := c.Clean(&m); got != "<p>b</p>" {
		t.Error(got)
	}
}

// TestCleanerForgets fills it several times over: it must go on to answer rightly.
func TestCleanerForgets(t *testing.T) {
	t.Parallel()
	var c letters.Cleaner
	big := strings.Repeat("x", 1<<20)
	for round := range 2 {
		for id := range inbox.MessageID(20) {
			m := mail(id+1, big+"<b>"+strings.Repeat("y", int(id))+"</b>")
			if got := c.Clean(&m); got != m.HTML {
				t.Errorf("round %d: %d bytes of %d", round, len(got), len(m.HTML))
			}
		}
	}
}
