package search

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/channels"
)

// Tokens other than words begin with a letter and a colon, which no word contains.
const (
	inAccount = "a:" // the account's id
	inMonth   = "m:" // 202611
	inYear    = "y:" // 2026
	withFile  = "f:" // there is a file
	fileName  = "n:" // a word of a file's name
	phonePart = "t:" // the end, or the beginning, of a telephone number
)

// ofPeople begins words of people among the stored ones; in their own index nothing has to.
const ofPeople = "p:"

// MessageText is what is indexed of one message.
type MessageText struct {
	ID        int64
	AccountID channels.AccountID
	At        time.Time
	Created   time.Time // in the conversation: when it came or was released
	Subject   string
	Text      string
	Files     []string // names
	// Amended says that it may have become another since it was made: it was edited, has files,
	// is not released yet, or is a note, which may be back after it was deleted. Receipts alone do not make it so.
	Amended bool
	// Gone says that it was deleted, or is not there at all: it leaves the index.
	Gone bool
}

// PersonText is what is indexed of one contact.
type PersonText struct {
	ID        int64
	Name      string
	Former    []string // names of those who became part of this one: clients still sign with them
	Addresses []Address
	Gone      bool
}

// Address is one of a person's.
type Address struct{ Scope, Address string }

// Document is one entry of the index: the row's id and its tokens, each once. Without tokens
// the row has none and is found by nothing.
type Document struct {
	ID     int64
	Tokens []string
}

// bag collects tokens, each once.
type bag struct {
	seen map[string]bool
	list []string
}

func (b *bag) add(token string) {
	if b.seen == nil {
		b.seen = map[string]bool{}
	}
	if !b.seen[token] && len(b.list) < maxWords {
		b.seen[token] = true
		b.list = append(b.list, token)
	}
}

// words adds the stems of a text, with a prefix before each.
func (b *bag) words(prefix, text string, stems *Stems) {
	spans(text, func(s span) bool {
		b.add(prefix + stems.of(s.word))
		return len(b.list) < maxWords
	})
}

// document renders what is found of a message.
func (m *MessageText) document(stems *Stems) Document {
	if m.Gone {
		return Document{ID: m.ID}
	}
	var b bag
	b.add(inAccount + strconv.FormatInt(int64(m.AccountID), 10))
	b.add(inMonth + m.At.UTC().Format("200601"))
	b.add(inYear + yearOf(m.At))
	if len(m.Files) > 0 {
		b.add(withFile)
	}
	for _, name := range m.Files {
		b.words(fileName, name, stems)
	}
	b.words("", m.Subject, stems)
	b.words("", m.Text, stems)
	return Document{ID: m.ID, Tokens: b.list}
}

// earliest is the year that everything older is put under.
const earliest = 2000

func yearOf(at time.Time) string { return strconv.Itoa(max(at.UTC().Year(), earliest)) }

// document renders what is found of a person: words of the name and of addresses, and
// telephone numbers from either end.
func (p *PersonText) document(stems *Stems) Document {
	if p.Gone {
		return Document{ID: p.ID}
	}
	var b bag
	for _, name := range slices.Concat([]string{p.Name}, p.Former) {
		b.words("", name, stems)
		spans(name, func(s span) bool {
			b.add(s.word) // a stem may be that of another name
			return true
		})
	}
	for _, a := range p.Addresses {
		switch {
		case a.Scope == "phone":
			for _, part := range phoneParts(digits(a.Address)) {
				b.add(phonePart + part)
			}
		case a.Scope == "email":
			b.words("", a.Address, stems)
		}
	}
	return Document{ID: p.ID, Tokens: b.list}
}

// fewestDigits is from how many digits on a number is looked for.
const fewestDigits = 4

// digits keeps the digits of an address.
func digits(address string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, address)
}

// phoneParts lists the ends and the beginnings of a number, whole with the country and
// without one digit of it, so that it is found however far it was typed.
func phoneParts(number string) []string {
	if len(number) > 15 { // no telephone number is longer (ITU-T E.164)
		number = number[:15]
	}
	var out []string
	for n := fewestDigits; n <= len(number); n++ {
		out = append(out, number[len(number)-n:], number[:n])
		if n < len(number) {
			out = append(out, number[1:n+1])
		}
	}
	return out
}

// phoneQuery is how a number that somebody typed is looked for: trunk prefixes of a country
// are left away, the Russian 8 among them.
func phoneQuery(typed string) string {
	number := strings.TrimLeft(digits(typed), "0")
	if len(number) == 11 && number[0] == '8' {
		number = number[1:]
	}
	if len(number) > 15 {
		return number[:15]
	}
	return number
}

// MessageDocuments renders messages for the index.
func MessageDocuments(list []MessageText, stems *Stems) []Document {
	out := make([]Document, len(list))
	for i := range list {
		out[i] = list[i].document(stems)
	}
	return out
}

// PersonDocuments renders people for the index.
func PersonDocuments(list []PersonText, stems *Stems) []Document {
	out := make([]Document, len(list))
	for i := range list {
		out[i] = list[i].document(stems)
	}
	return out
}
