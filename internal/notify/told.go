package notify

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"parley/internal/fault"
)

// told is what a colleague is to be told, sealed while it waits: it may quote a client.
type told struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
	Path    string `json:"path"` // of the page that it is about
}

// Colleague is an agent who gets a mail.
type Colleague struct {
	Email, Name, Language string
}

// Tell leaves a mail to a colleague; path is that of the page which it is about. It
// belongs to the transaction of ctx.
func (p *Post) Tell(ctx context.Context, to Colleague, subject fault.Text, text, path string) error {
	say, err := json.Marshal(told{Subject: subject.In(to.Language), Text: text, Path: path})
	if err != nil {
		return fmt.Errorf("encode letter: %w", err)
	}
	return p.leave(ctx, waiting{Kind: kindTold, To: to.Email, Name: to.Name, Language: to.Language}, string(say))
}

// tell writes such a letter.
func (p *Post) tell(w waiting) (Letter, error) {
	sealed, err := base64.StdEncoding.DecodeString(w.Sealed)
	if err != nil {
		return Letter{}, fmt.Errorf("decode letter: %w", err)
	}
	plain, err := p.o.Open(sealed, use(w))
	if err != nil {
		return Letter{}, fmt.Errorf("open letter: %w", err)
	}
	var say told
	if err := json.Unmarshal(plain, &say); err != nil {
		return Letter{}, fmt.Errorf("read letter: %w", err)
	}
	link, button := p.o.Base()+say.Path, fault.T("Открыть диалог", "Open the conversation").In(w.Language)
	return Letter{
		ID: w.ID, To: w.To, Name: w.Name, Subject: say.Subject,
		Text: say.Text + "\n\n" + button + ":\n" + link + "\n",
		HTML: page(w.Language, fmt.Sprintf(`<p dir="auto">%s</p><p><a href="%s">%s</a></p>`,
			strings.ReplaceAll(html.EscapeString(say.Text), "\n", "<br>"), html.EscapeString(link), html.EscapeString(button))),
	}, nil
}
