package inbox

import (
	"context"
	"html"
	"strings"

	"parley/internal/fault"
)

// headings of a forwarded mail, by language.
var headings = map[string][6]string{
	"ru": {"Пересланное сообщение", "От", "Дата", "Тема", "Кому", "Копия"},
	"en": {"Forwarded message", "From", "Date", "Subject", "To", "Cc"},
	"ar": {"رسالة معاد توجيهها", "من", "التاريخ", "الموضوع", "إلى", "نسخة"},
}

// forward puts a message below what its forwarder writes, with a block that says whose
// it is. Its HTML was taken over from strangers and is made harmless here.
func (s *Service) forward(m, original *Message, language string) {
	names, ok := headings[language]
	if !ok {
		names = headings["en"]
	}
	from := original.Author.Name
	if original.From != nil {
		from = original.From.String()
	}
	lines := [][2]string{{names[1], from}, {names[2], original.CreatedAt.Format("2006-01-02 15:04 MST")}, {names[3], original.Subject}, {names[4], partyList(original.To)}, {names[5], partyList(original.Cc)}}
	var text, page strings.Builder
	text.WriteString(forwardMark + names[0] + " ----------\n")
	way := ""
	if language == "ar" {
		way = ` dir="rtl"`
	}
	page.WriteString("<p" + way + ">" + forwardMark + names[0] + " ----------<br>")
	for _, l := range lines {
		if l[1] != "" {
			text.WriteString(l[0] + ": " + l[1] + "\n")
			page.WriteString(l[0] + ": " + html.EscapeString(l[1]) + "<br>")
		}
	}
	body := strings.TrimSpace(head(original.Text+"\n"+original.Quoted, maxForwarded))
	if m.HTML != "" || original.HTML != "" {
		above := m.HTML
		if above == "" && m.Text != "" {
			above = "<p>" + strings.ReplaceAll(html.EscapeString(m.Text), "\n", "<br>") + "</p>"
		}
		below := s.others(original.HTML)
		if below == "" {
			below = "<p>" + strings.ReplaceAll(html.EscapeString(body), "\n", "<br>") + "</p>"
		}
		m.HTML = above + page.String() + "</p>" + below
	}
	m.Text = strings.TrimSpace(m.Text + "\n\n" + text.String() + "\n" + body)
}

// String is a party as mails name it.
func (p Party) String() string {
	if p.Name == "" {
		return p.Address
	}
	return p.Name + " <" + p.Address + ">"
}

func partyList(list []Party) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.String()
	}
	return strings.Join(out, ", ")
}

// maxForwarded is how much text of a message is forwarded, in bytes.
const maxForwarded = 300_000

// copyFiles gives a forwarded message the files of the original, as rows of its own.
func (s *Service) copyFiles(ctx context.Context, m, original *Message) error {
	if l, ok := s.limits(m.AccountID); ok && len(m.Files)+len(original.Files) > l.Files.MaxCount {
		return fault.InvalidField("attachments", "too_many", fault.T("Слишком много файлов вместе с пересылаемыми.", "Too many files together with the forwarded ones."))
	}
	if len(original.Files) == 0 {
		return nil
	}
	ids, err := s.store.NextIDs(ctx, len(original.Files))
	if err != nil {
		return err
	}
	for i, f := range original.Files {
		f.ID, f.OwnerKind, f.OwnerID, f.CreatedAt, f.Copied = FileID(ids[i]), m.Author.Kind, m.Author.ID, m.CreatedAt, true
		m.Files = append(m.Files, f)
	}
	return nil
}
