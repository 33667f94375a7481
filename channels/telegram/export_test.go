package telegram

import (
	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// Parse reads one update.
func Parse(raw []byte) []channels.Event { return parse(raw).events }

// ToHTML writes a text with its entities.
func ToHTML(text string, entities []models.MessageEntity) string { return toHTML(text, entities) }

// FromHTML reads an answer's HTML.
func FromHTML(source string) (string, []models.MessageEntity) {
	f := fromHTML(source)
	return f.text, f.entities
}

// Units counts UTF-16 units.
func Units(text string) int { return units(text) }

// RoundPlace reads a chat and writes it again.
func RoundPlace(text string) (string, error) {
	p, err := parsePlace(text)
	return p.String(), err
}
