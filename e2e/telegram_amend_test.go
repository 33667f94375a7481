package e2e_test

import (
	"errors"

	"parley/channels/telegram/telegramtest"
)

// amendable is a network on which messages are answered, changed, taken away and reacted to.
type amendable interface {
	network
	// react makes the person react to the message with a text, or take that back with "".
	react(text, emoji string) error
	// change makes the person give a message of theirs another text.
	change(text, to string) error
	// shown is the chat as the person sees it, in order, without what was deleted.
	shown() []seen
	// age makes a message too old to be changed.
	age(text string) error
}

// seen is a message as the person sees it.
type seen struct {
	Text     string   `json:"text"`
	Ours     bool     `json:"ours"`
	Edited   bool     `json:"edited"`
	Answers  string   `json:"answers"`  // the text of the message that it is to
	Reaction string   `json:"reaction"` // ours
	Marks    []string `json:"marks"`    // what is formatted in it
}

// errNoMessage says that a person looks for a message in vain.
var errNoMessage = errors.New("there is no such message")

// lastOfChat is more messages than a story has.
const lastOfChat = 500

func (s *telegramSide) find(text string) (int64, error) {
	for id := int64(lastOfChat); id > 0; id-- {
		if m := s.bot.Message(anna, id); m != nil && m["text"] == text {
			return id, nil
		}
	}
	return 0, errNoMessage
}

func (s *telegramSide) react(text, emoji string) error {
	id, err := s.find(text)
	if err == nil {
		s.bot.React(s.person, anna, id, emoji)
	}
	return err
}

func (s *telegramSide) change(text, to string) error {
	id, err := s.find(text)
	if err == nil {
		s.bot.Change(anna, id, telegramtest.Object{"text": to})
	}
	return err
}

func (s *telegramSide) age(text string) error {
	id, err := s.find(text)
	if err == nil {
		s.bot.Age(anna, id)
	}
	return err
}

func (s *telegramSide) shown() []seen {
	list := []seen{}
	for id := range int64(lastOfChat) {
		m := s.bot.Message(anna, id)
		if m == nil {
			continue
		}
		one := seen{Edited: m["edit_date"] != nil, Reaction: s.bot.Reaction(anna, id), Marks: []string{}}
		one.Text, _ = m["text"].(string)
		from, _ := m["from"].(telegramtest.Object)
		one.Ours = from["id"] == s.bot.ID
		if to, ok := m["reply_to_message"].(telegramtest.Object); ok {
			one.Answers, _ = to["text"].(string)
		}
		entities, _ := m["entities"].([]any)
		for _, e := range entities {
			if e, ok := e.(telegramtest.Object); ok {
				kind, _ := e["type"].(string)
				one.Marks = append(one.Marks, kind)
			}
		}
		list = append(list, one)
	}
	return list
}
