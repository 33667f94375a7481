package whatsapp

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parley/channels"
)

// What WhatsApp shows as a thing of its own becomes text that people can read. Words of ours stand in both
// languages, for nobody knows here who will read them.

func joined(lines ...string) string {
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

func placeText(p *place) string {
	at := strconv.FormatFloat(p.Latitude, 'f', -1, 64) + "," + strconv.FormatFloat(p.Longitude, 'f', -1, 64)
	return joined(p.Name, p.Address, "https://maps.google.com/?q="+at)
}

func cards(list []person) (out []channels.Card, text string) {
	var lines []string
	for _, p := range list {
		c := channels.Card{Name: p.Name.Formatted}
		if c.Name == "" {
			c.Name = strings.TrimSpace(p.Name.First + " " + p.Name.Last)
		}
		if c.Name == "" {
			c.Name = p.Org.Company
		}
		for _, n := range p.Phones {
			if n.Phone != "" {
				c.Phones = append(c.Phones, n.Phone)
			}
		}
		for _, e := range p.Emails {
			if e.Email != "" {
				c.Emails = append(c.Emails, e.Email)
			}
		}
		line := strings.Join(slices.Concat(c.Phones, c.Emails), ", ")
		switch {
		case line == "" && c.Name == "":
			continue
		case line == "":
			line = c.Name
		case c.Name != "":
			line = c.Name + ": " + line
		}
		out, lines = append(out, c), append(lines, line)
	}
	return out, strings.Join(lines, "\n")
}

func (o *order) text() string {
	lines := []string{"Заказ · Order", o.Text}
	for _, i := range o.Items {
		line := "• " + i.Product
		if i.Quantity != "" {
			line += " × " + i.Quantity.String()
		}
		if i.Price != "" {
			line += ", " + strings.TrimSpace(i.Price.String()+" "+i.Currency)
		}
		lines = append(lines, line)
	}
	return joined(lines...)
}

func productText(product, catalog string) string {
	if product == "" {
		product = catalog
	}
	return "Товар · Product: " + product
}

// flowText is what a contact filled in. The token that Meta hands along is nobody's answer.
func flowText(name, body, response string) string {
	var answers map[string]any
	decoder := json.NewDecoder(strings.NewReader(response))
	decoder.UseNumber()
	if decoder.Decode(&answers) != nil {
		return joined(name, body, response)
	}
	delete(answers, "flow_token")
	lines := []string{"Форма · Form: " + strings.TrimSpace(name)}
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		text, isText := answers[key].(string)
		if !isText {
			plain, err := json.Marshal(answers[key])
			if err != nil {
				continue
			}
			text = string(plain)
		}
		lines = append(lines, key+": "+text)
	}
	return joined(lines...)
}

func callsText(response string) string {
	switch response {
	case "accept":
		return "Контакт разрешил звонки · The contact allowed calls"
	case "reject":
		return "Контакт не разрешил звонки · The contact did not allow calls"
	}
	return "Звонки · Calls: " + response
}

// unsupported says what the network did not hand over.
func unsupported(m message) string {
	if m.Type == "media_placeholder" { // the phone's history names files first and brings them later
		return "Файл · File"
	}
	return "WhatsApp не передаёт такое сообщение: попросите прислать его текстом или файлом · " +
		"WhatsApp does not hand over this message: ask for it as text or a file"
}
