package vk

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// price is a sum as VK writes it: in words, else in hundredths with a currency.
type price struct {
	Amount   string `json:"amount"`
	Text     string `json:"text"`
	Currency struct {
		Name string `json:"name"`
	} `json:"currency"`
}

// String is the sum for people, "" when there is none.
func (p price) String() string {
	if p.Text != "" || p.Amount == "" {
		return unescaped.Replace(p.Text)
	}
	hundredths, err := strconv.ParseInt(p.Amount, 10, 64)
	if err != nil || hundredths < 0 {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%d.%02d %s", hundredths/100, hundredths%100, p.Currency.Name))
}

// order is a purchase in the community's shop.
type order struct {
	ID        int64  `json:"id"`
	UserID    int64  `json:"user_id"`
	Date      int64  `json:"date"`
	Status    int    `json:"status"`
	DisplayID string `json:"display_order_id"`
	Comment   string `json:"comment"`
	Address   string `json:"address"`
	Total     price  `json:"total_price"`
	Items     []struct {
		Title    string   `json:"title"`
		Quantity int      `json:"quantity"`
		Price    price    `json:"price"`
		Variants []string `json:"variants"`
		Item     struct {
			Title string `json:"title"`
		} `json:"item"`
	} `json:"preview_order_items"`
	ItemsCount int `json:"items_count"`
	Delivery   struct {
		Address, Type string
		Track         string `json:"track_number"`
	} `json:"delivery"`
	Recipient struct {
		Name, Phone string
		Text        string `json:"display_text"`
	} `json:"recipient"`
}

// maxOrderLines is how many items of an order are named.
const maxOrderLines = 50

// states are the states of orders, from VK's numbers (market_order.status; the names are those of
// dev.vk.com/reference/objects/market-order, November 2026).
var states = map[int]string{
	0: "новый / new", 1: "согласуется / being agreed on", 2: "собирается / being packed", 3: "доставляется / on its way",
	4: "выполнен / done", 5: "отменён / cancelled", 6: "возвращён / returned",
}

// text names the order for people: its number, what was ordered, the sum, and for whom.
func (o order) text(customer string) string {
	id := o.DisplayID
	if id == "" {
		id = strconv.FormatInt(o.ID, 10)
	}
	lines := []string{"🛒 Заказ / Order № " + id}
	if state := states[o.Status]; state != "" {
		lines[0] += " (" + state + ")"
	}
	for _, it := range o.Items[:min(len(o.Items), maxOrderLines)] {
		title := it.Title
		if title == "" {
			title = it.Item.Title
		}
		line := fmt.Sprintf("• %s × %d", unescaped.Replace(title), it.Quantity)
		if p := it.Price.String(); p != "" {
			line += ", " + p
		}
		if len(it.Variants) > 0 {
			line += " (" + unescaped.Replace(strings.Join(it.Variants, ", ")) + ")"
		}
		lines = append(lines, line)
	}
	if more := o.ItemsCount - min(len(o.Items), maxOrderLines); more > 0 && len(o.Items) > 0 {
		lines = append(lines, fmt.Sprintf("… + %d", more))
	}
	if t := o.Total.String(); t != "" {
		lines = append(lines, "Итого / Total: "+t)
	}
	for _, about := range []struct{ mark, said string }{
		{"👤 ", strings.Trim(first(o.Recipient.Text, o.Recipient.Name, customer)+", "+o.Recipient.Phone, ", ")},
		{"🚚 ", first(o.Delivery.Address, o.Address, o.Delivery.Type)},
		{"🔎 ", o.Delivery.Track},
		{"💬 ", o.Comment},
	} {
		if about.said != "" {
			lines = append(lines, about.mark+unescaped.Replace(about.said))
		}
	}
	return strings.Join(lines, "\n")
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// leadForm is a form that somebody filled in at an advertisement.
type leadForm struct {
	LeadID  int64           `json:"lead_id"`
	UserID  int64           `json:"user_id"`
	Form    string          `json:"form_name"`
	Answers json.RawMessage `json:"answers"`
}

// text lists what was filled in.
func (l leadForm) text() string {
	var answers []struct {
		Question string `json:"question"`
		Key      string `json:"key"`
		Answer   loose  `json:"answer"`
	}
	_ = json.Unmarshal(l.Answers, &answers) // an unknown shape leaves the form's name
	lines := []string{"📋 " + unescaped.Replace(l.Form)}
	for _, a := range answers[:min(len(answers), maxOrderLines)] {
		lines = append(lines, unescaped.Replace(first(a.Question, a.Key)+": "+string(a.Answer)))
	}
	return strings.Join(lines, "\n")
}
