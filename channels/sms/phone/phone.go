package phone

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"parley/channels"
)

// E164 returns a number with its plus sign. Networks write numbers with or without it;
// what lacks it is tried as international first, then as dialled in the region ("RU").
func E164(text, region string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 40 || digits(text) < 7 {
		return "", false
	}
	if strings.HasPrefix(text, "+") || !strings.HasPrefix(text, "0") && digits(text) >= 11 && !dialled(text, region) {
		if number, ok := written("+"+strings.TrimPrefix(text, "+"), ""); ok {
			return number, true
		}
	}
	return written(text, region)
}

// written is a number as E.164 has it. One that would be another when it is read again is none:
// some impossible ones lose digits every time.
func written(text, region string) (string, bool) {
	number, err := phonenumbers.Parse(text, region)
	if err != nil || !phonenumbers.IsPossibleNumber(number) {
		return "", false
	}
	first := phonenumbers.Format(number, phonenumbers.E164)
	again, err := phonenumbers.Parse(first, "")
	if err != nil || phonenumbers.Format(again, phonenumbers.E164) != first {
		return "", false
	}
	return first, digits(first) >= 7
}

// dialled tells whether a number is one of the region's own as people there dial it, such as
// 8 900 123-45-67 in Russia, although it could be taken for international.
func dialled(text, region string) bool {
	number, err := phonenumbers.Parse(text, region)
	if err != nil || !phonenumbers.IsValidNumber(number) {
		return false
	}
	international, err := phonenumbers.Parse("+"+text, "")
	return err != nil || !phonenumbers.IsValidNumber(international) ||
		phonenumbers.Format(number, phonenumbers.E164) == phonenumbers.Format(international, phonenumbers.E164)
}

func digits(text string) int {
	n := 0
	for _, r := range text {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// Sender is who writes from an address. One that is no number is known within the account alone.
func Sender(account channels.AccountID, text, region string) channels.Sender {
	if number, ok := E164(text, region); ok {
		return channels.Sender{Scope: "phone", Address: number, Name: number, Verified: true}
	}
	text = strings.TrimSpace(text)
	return channels.Sender{Scope: "account:" + strconv.FormatInt(int64(account), 10), Address: text, Name: text, Verified: true}
}

// Target returns the number that a message goes to: the first phone number among its
// addresses, or its chat.
func Target(m channels.Outgoing) string {
	for _, a := range m.To {
		if a.Scope == "phone" && a.Address != "" {
			return a.Address
		}
	}
	return m.Chat
}
