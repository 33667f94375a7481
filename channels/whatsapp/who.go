package whatsapp

import (
	"strconv"
	"strings"

	"parley/channels"
)

// The scopes of addresses, and how chats are written: a phone as its address is (so that an answer finds the
// conversation that we began), a business-scoped user id, or a
// group's id behind groupPrefix.
const (
	scopePhone  = "phone"
	groupPrefix = "group:"
)

// accountScope is where business-scoped user ids are unique.
func (r reader) accountScope() string {
	return "account:" + strconv.FormatInt(int64(r.account), 10)
}

// known finds what the push tells of somebody.
func (s *scene) known(phone, userID string) profile {
	for _, p := range s.value.Contacts {
		if phone != "" && p.Phone == phone || userID != "" && p.UserID == userID {
			return p
		}
	}
	// The profile's number and the sender's may be written differently; a single profile is the sender's.
	if len(s.value.Contacts) == 1 && len(s.value.Messages)+len(s.value.Calls) <= 1 {
		p := s.value.Contacts[0]
		if phone == "" || p.Phone == "" || phone == p.Phone {
			return p
		}
		return profile{Profile: p.Profile}
	}
	return profile{}
}

// sender describes a contact: by phone where it is known, with the user id beside it; else by the id.
func (s *scene) sender(phone, userID string) (sender channels.Sender, chat string) {
	p := s.known(phone, userID)
	if phone == "" {
		phone = p.Phone
	}
	if userID == "" {
		userID = p.UserID
	}
	sender.Name, sender.Verified = p.Profile.Name, true
	if sender.Name == "" {
		sender.Name = p.Profile.Username
	}
	switch {
	case phone != "" && isPhone(phone):
		sender.Scope, sender.Address, chat = scopePhone, "+"+digits(phone), "+"+digits(phone)
		if userID != "" {
			sender.Extra = []channels.Address{{Scope: s.accountScope(), Address: userID, Verified: true}}
		}
	case userID != "":
		sender.Scope, sender.Address, chat = s.accountScope(), userID, userID
	case phone != "": // some id that is no number
		sender.Scope, sender.Address, chat = s.accountScope(), phone, phone
	}
	return sender, chat
}

// isPhone tells whether a text is a phone number: 5 to 15 digits, perhaps with signs between (E.164).
func isPhone(s string) bool {
	n := len(digits(s))
	return n >= 5 && n <= 15 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && !strings.ContainsRune("+ -().\u00a0", r)
	})
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// isUserID tells whether a chat is a business-scoped user id: a country's two letters, a dot, the rest.
func isUserID(chat string) bool {
	country, rest, cut := strings.Cut(chat, ".")
	return cut && rest != "" && len(country) == 2 && country == strings.ToUpper(country) && !isDigits(country)
}
