package inbox

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/channels"
	"parley/internal/fault"
)

// Interactive is what a message is besides text and files. It never changes once the
// message is written. Zero is a message like most.
type Interactive struct {
	// Buttons are the choices below the message, in rows.
	Buttons [][]channels.Button `json:"buttons,omitempty"`
	// Numbered says that the network has no such buttons: the message's text names them,
	// and whoever answers with a number chooses one.
	Numbered bool `json:"numbered,omitempty"`
	// Press is the choice that the contact made.
	Press *Press `json:"press,omitempty"`
	// Template is the approved text that the message is, where it is one.
	Template *channels.TemplateUse `json:"template,omitempty"`
	// Closes is set for an answer that waits for the contact and closes the conversation when it leaves.
	Closes bool `json:"closes,omitempty"`
}

// Press is a button that the contact chose.
type Press struct {
	MessageID MessageID `json:"message_id,omitempty"` // which of ours offered it; 0 = unknown
	Data      string    `json:"data"`                 // what the button was given
	Text      string    `json:"text,omitempty"`       // what it said
}

// IsZero tells a message like most.
func (i *Interactive) IsZero() bool {
	return len(i.Buttons) == 0 && i.Press == nil && i.Template == nil && !i.Closes
}

// Offer is a message of ours that offers choices, as intake looks at it.
type Offer struct {
	MessageID MessageID
	Interactive
}

// Choose finds the button that a press or a typed number means; ok is false when there
// is none. A typed number means a button only where the text had numbers.
func (o *Offer) Choose(data, typed string) (b channels.Button, ok bool) {
	n := 0
	number := TypedNumber(typed)
	for _, row := range o.Buttons {
		for _, b := range row {
			if b.URL != "" {
				continue
			}
			n++
			if data != "" && b.Data == data || data == "" && o.Numbered && n == number {
				return b, true
			}
		}
	}
	return b, false
}

var choice = regexp.MustCompile(`^[(№#]?\s?([1-9][0-9]?)\s?[.)]?$`)

// TypedNumber is the number that a text consists of, 0 when it says anything else.
func TypedNumber(text string) int {
	if len(text) > 16 {
		return 0
	}
	// Keyboards of phones have numbers as pictures: a digit and two marks behind it.
	plain := strings.NewReplacer("\uFE0F", "", "\u20E3", "").Replace(strings.TrimSpace(text))
	found := choice.FindStringSubmatch(plain)
	if found == nil {
		return 0
	}
	n, _ := strconv.Atoi(found[1])
	return n
}

// Bounds of the buttons of one message, whatever its network takes.
const (
	MaxButtons  = 30
	maxLabel    = 200  // runes
	maxData     = 1000 // bytes
	maxLink     = 2000 // bytes
	defaultData = 64   // bytes: what every network with buttons carries
)

// offer checks an answer's buttons, gives each its data, and fits them to the network:
// those that it cannot show become numbered lines of the text.
func offer(bad *fault.Collector, l channels.Limits, a *Answer) {
	if len(a.Buttons) == 0 {
		return
	}
	if a.Text == "" {
		bad.Add("text", "required", fault.T("Кнопкам нужен текст: напишите вопрос.", "Buttons need a text: write the question."))
	}
	all := 0
	seen, labels := map[string]bool{}, map[string]bool{}
	for r, row := range a.Buttons {
		for i := range row {
			if all++; all > MaxButtons {
				bad.Add("buttons", "too_many", fault.T("Кнопок не больше 30.", "At most 30 buttons."))
				return
			}
			path := "buttons[" + strconv.Itoa(r) + "][" + strconv.Itoa(i) + "]"
			checkButton(bad, path, &row[i], seen)
			if l.Buttons.Distinct && labels[row[i].Text] {
				bad.Add(path+".text", "repeated", fault.T("Две кнопки с одной надписью этот канал не передаёт. Назовите их по-разному.", "This channel does not carry two buttons of one label. Name them differently."))
			}
			labels[row[i].Text] = true
		}
	}
	if all == 0 {
		a.Buttons = nil
		return
	}
	if a.Buttons, a.numbered = fitButtons(l, a); a.numbered {
		text, page := Numbers(a.Buttons)
		a.Text += text
		if a.HTML != "" {
			a.HTML += page
		}
	}
}

func checkButton(bad *fault.Collector, path string, b *channels.Button, seen map[string]bool) {
	b.Text, b.URL = strings.Join(strings.Fields(b.Text), " "), strings.TrimSpace(b.URL)
	switch n := utf8.RuneCountInString(b.Text); {
	case n == 0:
		bad.Add(path+".text", "required", fault.T("Напишите, что стоит на кнопке.", "Write what the button says."))
	case n > maxLabel:
		bad.Add(path+".text", "too_long", fault.T("Надпись не длиннее 200 знаков.", "A label has at most 200 characters."))
	}
	if b.URL != "" {
		if b.Data != "" {
			bad.Add(path, "ambiguous", fault.T("У кнопки либо data, либо url.", "A button has either data or url."))
		}
		if u, err := url.Parse(b.URL); err != nil || len(b.URL) > maxLink || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			bad.Add(path+".url", "malformed", fault.T("Нужен адрес вида https://example.com.", "An address such as https://example.com is needed."))
		}
		return
	}
	if b.Data == "" {
		if b.Data = b.Text; len(b.Data) > defaultData {
			b.Data = "choice-" + strconv.Itoa(len(seen)+1)
		}
	}
	if len(b.Data) > maxData {
		bad.Add(path+".data", "too_long", fault.T("Не больше 1000 байт.", "At most 1000 bytes."))
	}
	if seen[b.Data] {
		bad.Add(path, "repeated", fault.T("Две кнопки неотличимы. Назовите их по-разному.", "Two buttons cannot be told apart. Name them differently."))
	}
	seen[b.Data] = true
}

// fitButtons lays buttons into rows that the network takes; numbered is true when it
// cannot show them.
func fitButtons(l channels.Limits, a *Answer) (rows [][]channels.Button, numbered bool) {
	can := l.Buttons
	n := 0
	for _, row := range a.Buttons {
		if len(row) == 0 {
			continue
		}
		for _, b := range row {
			n++
			if !can.Text.Fits(b.Text) || len(b.Data) > can.Data || b.URL != "" && !can.Links {
				numbered = true
			}
		}
		for can.PerRow > 0 && len(row) > can.PerRow {
			rows, row = append(rows, row[:can.PerRow]), row[can.PerRow:]
		}
		rows = append(rows, row)
	}
	tooLong := can.Body.Max > 0 && !can.Body.Fits(a.Text)
	return rows, numbered || tooLong || n > can.Max || len(a.Files) > 0 && !can.Caption
}

// Numbers is how buttons stand in a text, with the space before them, and in HTML.
func Numbers(rows [][]channels.Button) (text, page string) {
	var plain, rich strings.Builder
	plain.WriteString("\n")
	n := 0
	for _, row := range rows {
		for _, b := range row {
			line := b.Text + ": " + b.URL
			if b.URL == "" {
				n++
				line = strconv.Itoa(n) + ". " + b.Text
			}
			plain.WriteString("\n" + line)
			if rich.Len() > 0 {
				rich.WriteString("<br>")
			}
			rich.WriteString(html.EscapeString(line))
		}
	}
	return plain.String(), "<p>" + rich.String() + "</p>"
}

// unnumbered takes the numbers out of a message that is written anew.
func (m *Message) unnumbered() {
	if m.Numbered {
		text, page := Numbers(m.Buttons)
		m.Text, m.HTML = strings.TrimSuffix(m.Text, text), strings.TrimSuffix(m.HTML, page)
	}
}
