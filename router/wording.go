package router

import (
	"strconv"

	"parley/internal/fault"
	"parley/templates/wording"
)

// Variables are what a text may name, in the order in which they are offered.
func Variables() []string {
	return []string{
		wording.ContactName, wording.ContactFirstName, wording.ConversationNumber, wording.ConversationSubject,
		wording.RequestNumber, wording.AccountName, wording.MessageText,
	}
}

// checkWording refuses a text that names what there is not, that is not closed, or that
// asks: nobody is there to fill a blank in.
func checkWording(bad *fault.Collector, path, text string) {
	if t := wording.Check(bad, path, text, Variables()); t != nil && len(t.Blanks()) > 0 {
		bad.Add(path, "blank", fault.T("Пропуски {{ ask: … }} заполняет человек; здесь текст уходит сам.", "Blanks {{ ask: … }} are for a person to fill in; this text goes by itself."))
	}
}

// word fills a text's variables in. One that is empty and has no default leaves nothing.
// A text that is not right any more, because an older version of the program took it, is
// left as it is written, for everybody to see.
func (s *Snapshot) word(text string) string {
	t, problem := wording.Parse(text, Variables())
	if problem != nil {
		return text
	}
	values := wording.Values{}
	for _, name := range t.Variables() {
		values[name] = s.variable(name)
	}
	filled, err := t.Fill(values, nil)
	if err != nil {
		return text
	}
	return filled
}

func (s *Snapshot) variable(name string) string {
	switch name {
	case wording.ContactName:
		if s.Contact != nil {
			return wording.Called(s.Contact.Name)
		}
	case wording.ContactFirstName:
		if s.Contact != nil {
			return wording.FirstName(wording.Called(s.Contact.Name))
		}
	case wording.ConversationNumber:
		if s.Conversation != nil {
			return strconv.FormatInt(s.Conversation.Number, 10)
		}
	case wording.ConversationSubject:
		if s.Conversation != nil {
			return s.Conversation.Subject
		}
	case wording.RequestNumber:
		if s.Request != nil {
			return strconv.FormatInt(s.Request.Number, 10)
		}
	case wording.AccountName:
		return s.AccountName
	case wording.MessageText:
		if s.Message != nil {
			return s.Message.Text
		}
	}
	return ""
}
