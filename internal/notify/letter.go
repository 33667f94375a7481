package notify

import (
	"fmt"
	"html"
	"strings"

	"parley/internal/fault"
)

// Letter is one system mail, ready to be sent.
type Letter struct {
	ID      int64 // unique in the installation and equal on every attempt
	To      string
	Name    string // of the recipient; may be empty
	Subject string
	Text    string
	HTML    string
}

// content is what a kind of letter says: one paragraph before the link, one after.
type content struct {
	subject, before, button, after fault.Text
}

func invitation() content {
	return content{
		subject: fault.T("Вас приглашают в Parley", "You are invited to Parley"),
		before: fault.T("Коллеги приглашают вас вместе отвечать клиентам в Parley.",
			"Your colleagues invite you to answer customers together in Parley."),
		button: fault.T("Принять приглашение", "Accept the invitation"),
		after: fault.T("Ссылка действует один раз и семь дней. Если вы не ждали приглашения, просто удалите это письмо.",
			"The link works once, within seven days. If you did not expect it, just delete this mail."),
	}
}

func reset() content {
	return content{
		subject: fault.T("Новый пароль для Parley", "A new password for Parley"),
		before: fault.T("Для вашей учётной записи попросили задать новый пароль.",
			"A new password was asked for your account."),
		button: fault.T("Задать пароль", "Set the password"),
		after: fault.T("Ссылка действует один раз и сутки. Если это были не вы, ничего делать не нужно: прежний пароль остаётся.",
			"The link works once, within a day. If it was not you, there is nothing to do: the old password stays."),
	}
}

// write makes a letter in a language. A name is what others typed: it is not in the text,
// so that nobody can send words of theirs through somebody else's mailbox.
func (c content) write(language, to, name, link string) Letter {
	before, button, after := c.before.In(language), c.button.In(language), c.after.In(language)
	return Letter{
		To: to, Name: name, Subject: c.subject.In(language),
		Text: strings.Join([]string{before, button + ":\n" + link, after}, "\n\n") + "\n",
		HTML: page(language, fmt.Sprintf(`<p>%s</p><p><a href="%s">%s</a></p><p>%s</p>`,
			html.EscapeString(before), html.EscapeString(link), html.EscapeString(button), html.EscapeString(after))),
	}
}

// page is the HTML of a letter, running as its language does: programs for mail would let all run from the left.
func page(language, paragraphs string) string {
	if base, _, _ := strings.Cut(strings.ToLower(language), "-"); base != "ar" {
		return paragraphs
	}
	return `<div lang="ar" dir="rtl">` + paragraphs + `</div>`
}
