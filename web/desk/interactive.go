package desk

import (
	"parley/channels"
	"parley/inbox"
	"parley/web/rest"
)

// Button is a choice below a message.
type Button struct {
	Text string `json:"text" maxLength:"200"`
	Data string `json:"data" required:"false" maxLength:"1000" doc:"What comes back when it is pressed; without it, the text."`
	URL  string `json:"url" required:"false" maxLength:"2000" doc:"Opens this instead."`
}

// Press is the button that a contact chose.
type Press struct {
	MessageID rest.Ref `json:"message_id" doc:"Which message offered it; null: unknown."`
	Data      string   `json:"data"`
	Text      string   `json:"text"`
}

// TemplateUse is an approved template with its values.
type TemplateUse struct {
	Name     string   `json:"name" maxLength:"512"`
	Language string   `json:"language" maxLength:"64"`
	Values   []string `json:"values" required:"false" maxItems:"100" doc:"In the order of the template's params."`
}

func templateUse(t *TemplateUse) *channels.TemplateUse {
	if t == nil {
		return nil
	}
	return &channels.TemplateUse{Name: t.Name, Language: t.Language, Values: t.Values}
}

// showInteractive adds what a message is besides text and files.
func showInteractive(out *Message, i *inbox.Interactive) {
	out.Buttons, out.Numbered, out.Closes = ShowButtons(i.Buttons), i.Numbered, i.Closes
	if i.Press != nil {
		out.Press = &Press{MessageID: rest.RefOf(i.Press.MessageID), Data: i.Press.Data, Text: i.Press.Text}
	}
	if t := i.Template; t != nil {
		out.Template = &TemplateUse{Name: t.Name, Language: t.Language, Values: append([]string{}, t.Values...)}
	}
}

// ShowButtons is rows of buttons as callers see them.
func ShowButtons(rows [][]channels.Button) [][]Button {
	return rest.Map(rows, func(row []channels.Button) []Button {
		return rest.Map(row, func(b channels.Button) Button { return Button(b) })
	})
}

// DraftButton is a button that is being written.
type DraftButton struct {
	Text string `json:"text" maxLength:"200"`
	Data string `json:"data" required:"false" maxLength:"1000"`
	URL  string `json:"url" required:"false" maxLength:"2000"`
}

func draftButtons(rows [][]channels.Button) [][]DraftButton {
	return rest.Map(rows, func(row []channels.Button) []DraftButton {
		return rest.Map(row, func(b channels.Button) DraftButton { return DraftButton(b) })
	})
}

// button is a button as callers write it.
type button interface{ Button | DraftButton }

func buttonsOf[B button](rows [][]B) [][]channels.Button {
	var out [][]channels.Button
	for _, row := range rows {
		var line []channels.Button
		for _, b := range row {
			line = append(line, channels.Button(b))
		}
		out = append(out, line)
	}
	return out
}

// ButtonLimit bounds the buttons of a message.
type ButtonLimit struct {
	Max       int       `json:"max" doc:"0: the network has none, and they become numbered lines of the text."`
	PerRow    int       `json:"per_row"`
	Text      TextLimit `json:"text"`
	DataBytes int       `json:"data_bytes"`
	Links     bool      `json:"links"`
	WithFiles bool      `json:"with_files"`
}

func showButtonLimit(l channels.ButtonLimit) ButtonLimit {
	return ButtonLimit{Max: l.Max, PerRow: l.PerRow, Text: TextLimit{Max: l.Text.Max, Unit: l.Text.Unit}, DataBytes: l.Data, Links: l.Links, WithFiles: l.Caption}
}
