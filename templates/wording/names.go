package wording

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Names of the variables, as Values holds them.
const (
	ContactName         = "contact.name"
	ContactFirstName    = "contact.first_name"
	ContactEmail        = "contact.email"
	ContactPhone        = "contact.phone"
	ConversationNumber  = "conversation.number"
	ConversationSubject = "conversation.subject"
	RequestNumber       = "request.number"
	RequestSubject      = "request.subject"
	RequestType         = "request.type"
	LeadSource          = "lead.source"
	AgentName           = "agent.name"
	AgentFirstName      = "agent.first_name"
	TeamName            = "team.name"
	AccountName         = "account.name"
	MessageText         = "message.text" // of what triggers react to
	TimeGreeting        = "time.greeting"
	TimeDate            = "time.date"
	TimeNow             = "time.now"
)

// guest is the name that the chat on a site makes up for whoever gives none.
var guest = regexp.MustCompile(`^(Гость|Guest|زائر) [1-9][0-9]{3}$`)

// Called is what a contact is called, "" when nobody knows: a name that the house made up,
// or an address in its place, is no name to greet anybody by.
func Called(name string) string {
	name = strings.TrimSpace(name)
	if guest.MatchString(name) || strings.Contains(name, "@") || !strings.ContainsFunc(name, unicode.IsLetter) {
		return ""
	}
	return name
}

// FirstName is the first word of a name.
func FirstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}

// Clock adds what the variables about time stand for, at a moment in the place of whoever writes, in their
// language.
func (v Values) Clock(at time.Time, language string) {
	greeting := [...]string{"Good evening", "Good morning", "Good afternoon", "Good evening"}
	layout := "2 January 2006"
	switch language {
	case "ru":
		greeting = [...]string{"Доброй ночи", "Доброе утро", "Добрый день", "Добрый вечер"}
		layout = "02.01.2006"
	case "ar":
		greeting = [...]string{"مساء الخير", "صباح الخير", "مساء الخير", "مساء الخير"}
		layout = "02/01/2006"
	}
	part := 0
	switch h := at.Hour(); {
	case h >= 18:
		part = 3
	case h >= 12:
		part = 2
	case h >= 5:
		part = 1
	}
	v[TimeGreeting], v[TimeDate], v[TimeNow] = greeting[part], at.Format(layout), at.Format("15:04")
}
