package e2e_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"parley/channels/telegram/telegramtest"
)

// anna is the person on Telegram, and her chat with the bot.
const anna = 42

// telegramSide is the Bot API with one bot, which asks for its updates itself.
type telegramSide struct {
	bot    *telegramtest.Bot
	base   string
	person telegramtest.Object
}

func openTelegram(t *testing.T) network {
	api := telegramtest.New()
	bot := api.AddBot("7000000001:AAE-secret_of_the_bot-0123456789abcd", "tea_house_bot")
	return &telegramSide{bot, serve(t, api), bot.Person(anna, "Anna", "Petrova")}
}

func (s *telegramSide) config() map[string]string {
	return map[string]string{"token": s.bot.Token, "base_url": s.base}
}

func (s *telegramSide) calls(string) error { return nil }

func (s *telegramSide) write(text string, picture []byte) error {
	content := telegramtest.Object{"text": text}
	if picture != nil {
		content = s.bot.Attachment("photo", "picture.png", picture)
		content["caption"] = text
	}
	s.bot.Say(s.person, anna, content)
	return nil
}

func (s *telegramSide) press(label string) error {
	for id := int64(1); s.bot.Message(anna, id) != nil; id++ {
		for _, b := range keys(s.bot.Message(anna, id)["reply_markup"]) {
			if b.Text == label {
				s.bot.Press(s.person, anna, id, b.Data)
				return nil
			}
		}
	}
	return fmt.Errorf("press %q: %w", label, errNoButton)
}

func (s *telegramSide) got() []arrival {
	list := []arrival{}
	for id := int64(1); s.bot.Message(anna, id) != nil; id++ {
		m := s.bot.Message(anna, id)
		if from, _ := m["from"].(telegramtest.Object); from["id"] != s.bot.ID {
			continue
		}
		a := arrival{}
		a.Text, _ = m["text"].(string)
		if m["photo"] != nil {
			a.Pictures = 1
			a.Text, _ = m["caption"].(string)
		}
		for _, b := range keys(m["reply_markup"]) {
			a.Buttons = append(a.Buttons, b.Text)
		}
		list = append(list, a)
	}
	return list
}

// key is a button below a message.
type key struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// keys reads the buttons of a keyboard, nil of none.
func keys(markup any) (list []key) {
	text, err := json.Marshal(markup)
	if err != nil {
		return nil
	}
	var m struct {
		Rows [][]key `json:"inline_keyboard"`
	}
	if json.Unmarshal(text, &m) != nil {
		return nil
	}
	for _, row := range m.Rows {
		list = append(list, row...)
	}
	return list
}
