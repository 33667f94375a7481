package quickreply

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/templates/wording"
)

// Occasion is what a reply is filled in for.
type Occasion struct {
	Conversation int64
	Answers      map[string]string // to blanks, by their questions
	Zone         *time.Location    // where the writer is; nil = UTC
	Language     string            // of the writer: what counts where the reply and the contact have none
	// Partial takes a text with blanks that are still open; without it files are lent only with a whole one.
	Partial bool
	// Look lends no files: somebody looks at the text and takes nothing.
	Look bool
}

// Filled is a reply as it can be sent.
type Filled struct {
	Text    string // an open blank stands in it as [[question]]
	HTML    string // the same for mails
	Files   []File // fresh uploads of the viewer
	Blanks  []string
	Missing []string // blanks that are open
}

// Fill fills a reply in for a conversation.
func (s *Service) Fill(ctx context.Context, v actor.Viewer, id ID, o Occasion) (Filled, error) {
	r, err := s.Get(ctx, v, id)
	if err != nil {
		return Filled{}, err
	}
	text, problem := wording.Parse(r.Text, Variables())
	if problem != nil {
		return Filled{}, fault.New(fault.Conflict, "broken", problem.Text)
	}
	values, language, found, err := s.store.ConversationValues(ctx, v, o.Conversation)
	if err != nil {
		return Filled{}, fmt.Errorf("read conversation for text: %w", err)
	}
	if !found {
		return Filled{}, errHere
	}
	if r.Language != "" {
		language = r.Language
	}
	s.personal(values, v, o, language)
	out, err := fill(text, values, o.Answers)
	if err != nil || len(r.Files) == 0 || o.Look || len(out.Missing) > 0 && !o.Partial {
		return out, err
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		ids, err := s.store.NextIDs(ctx, len(r.Files))
		if err != nil {
			return err
		}
		if err := s.store.LendQuickFiles(ctx, v, r.Files, ids, s.time()); err != nil {
			return err
		}
		out.Files = append([]File(nil), r.Files...)
		for i := range out.Files {
			out.Files[i].ID = ids[i]
		}
		return nil
	})
	if err != nil {
		return Filled{}, fmt.Errorf("lend files: %w", err)
	}
	return out, nil
}

// Preview shows how a text would read, with examples in place of a conversation, or says what is wrong with it.
func (s *Service) Preview(v actor.Viewer, source string, o Occasion) (Filled, *wording.Problem, error) {
	text, problem := wording.Parse(strings.TrimSpace(source), Variables())
	if problem != nil {
		return Filled{}, problem, nil
	}
	values := Examples(o.Language)
	s.personal(values, v, o, o.Language)
	out, err := fill(text, values, o.Answers)
	return out, nil, err
}

// Examples are what variables could stand for.
func Examples(language string) wording.Values {
	switch base(language) {
	case "ru":
		return wording.Values{
			wording.ContactName: "Анна Ким", wording.ContactFirstName: "Анна", wording.ContactEmail: "anna@example.com", wording.ContactPhone: "+79001234567",
			wording.ConversationNumber: "128", wording.ConversationSubject: "Доставка", wording.RequestNumber: "57", wording.RequestSubject: "Где заказ?",
			wording.RequestType: "вопрос", wording.LeadSource: "сайт", wording.TeamName: "Поддержка", wording.AccountName: "Чат на сайте",
		}
	case "ar":
		return wording.Values{
			wording.ContactName: "سلمى حداد", wording.ContactFirstName: "سلمى", wording.ContactEmail: "salma@example.com", wording.ContactPhone: "+201001234567",
			wording.ConversationNumber: "128", wording.ConversationSubject: "التوصيل", wording.RequestNumber: "57", wording.RequestSubject: "أين طلبيتي؟",
			wording.RequestType: "سؤال", wording.LeadSource: "الموقع", wording.TeamName: "الدعم", wording.AccountName: "دردشة الموقع",
		}
	}
	return wording.Values{
		wording.ContactName: "Anna Kim", wording.ContactFirstName: "Anna", wording.ContactEmail: "anna@example.com", wording.ContactPhone: "+14155550123",
		wording.ConversationNumber: "128", wording.ConversationSubject: "Delivery", wording.RequestNumber: "57", wording.RequestSubject: "Where is my order?",
		wording.RequestType: "question", wording.LeadSource: "site", wording.TeamName: "Support", wording.AccountName: "Site chat",
	}
}

// personal adds what concerns the writer and the time.
func (s *Service) personal(values wording.Values, v actor.Viewer, o Occasion, language string) {
	values[wording.AgentName], values[wording.AgentFirstName] = v.Name, wording.FirstName(v.Name)
	if language == "" {
		language = o.Language
	}
	at := s.now().UTC()
	if o.Zone != nil {
		at = at.In(o.Zone)
	}
	values.Clock(at, base(language))
}

func fill(t *wording.Text, values wording.Values, answers map[string]string) (Filled, error) {
	text, err := t.Fill(values, answers)
	if err != nil {
		return Filled{}, err
	}
	return Filled{Text: text, HTML: wording.HTML(text), Blanks: t.Blanks(), Missing: t.Missing(answers)}, nil
}

// base is the language of a tag without its country: "ru" of "ru-RU".
func base(language string) string {
	tag, _, _ := strings.Cut(strings.ToLower(language), "-")
	return tag
}
