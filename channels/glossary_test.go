package channels_test

import (
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/custom"
	"parley/channels/email"
	"parley/channels/form"
	"parley/channels/sms"
	"parley/channels/telegram"
	"parley/channels/vk"
	"parley/channels/whatsapp"
)

func drivers() []channels.Driver {
	return []channels.Driver{&email.Driver{}, &telegram.Driver{}, &sms.Driver{}, &vk.Driver{}, &whatsapp.Driver{}, &custom.Driver{}, &form.Driver{}}
}

// TestErrorsInRussian gives errors as networks make them.
func TestErrorsInRussian(t *testing.T) {
	t.Parallel()
	g := channels.NewGlossary([]channels.Phrase{{Code: "timeout", Words: channels.Words{RU: "вовремя не ответили", EN: "nobody answered in time"}}}, drivers()...)
	for _, c := range []struct {
		kind           channels.Kind
		code, text, ru string
	}{
		{channels.KindEmail, "recipient_unknown", "the server does not know this address, nothing was sent: x@example.com: 550 no such user",
			"сервер не знает такого адреса, письмо никому не отправлено: x@example.com: 550 no such user"},
		{channels.KindEmail, "connection_refused", "mail.example.com does not answer on port 25. Check the port.", "mail.example.com не отвечает на порту 25. Проверьте порт."},
		{channels.KindEmail, "hung_up", "::1:25 closes the connection at once. Check the port.", "::1:25 сразу закрывает соединение. Проверьте порт."},
		{channels.KindEmail, "hung_up", "the connection to mail.example.com broke", "соединение с mail.example.com прервалось"},
		{channels.KindEmail, "server_busy", "mail.example.com cannot serve now. It said: 421 later", "mail.example.com сейчас не принимает. Ответ: 421 later"},
		{channels.KindEmail, "server_busy", "mail.example.com cannot serve now.", "mail.example.com сейчас не принимает."},
		{channels.KindEmail, "timeout", "the server stopped answering, nothing was sent", "сервер перестал отвечать, письмо не отправлено"},
		{channels.KindEmail, "timeout", "nobody answered in time", "вовремя не ответили"},
		{channels.KindTelegram, "blocked", "the contact has stopped the bot: no answer is possible until they write again: Forbidden",
			"клиент остановил бота: пока он не напишет снова, ответить нельзя: Forbidden"},
		{channels.KindTelegram, "text_too_long", "the text has 5000 utf16, 4096 are allowed", "текст слишком длинный: 5000 (utf16), разрешено 4096"},
		{channels.KindTelegram, "blocked", "the person has stopped the bot", "клиент остановил бота: пока он не напишет снова, ответить нельзя"}, // of an older version
		{channels.KindSMS, "twilio_21610", "the person has answered STOP and gets no messages until they write START", "человек ответил STOP и не получит сообщений, пока не напишет START"},
		{channels.KindSMS, "twilio_99", "Twilio refused the message: 99", "Twilio отказался отправить сообщение: 99"},
		{channels.KindSMS, "http_503", "Twilio answered 503 Service Unavailable", "Twilio ответил 503 Service Unavailable"},
		{channels.KindSMS, "gateway_7", "the gateway refused the message: 7", "шлюз отказался принять сообщение: 7"},
		{channels.KindCustom, "http_500", "the receiving system answered 500 Internal Server Error", "принимающая система ответила 500 Internal Server Error"},
		{channels.KindEmail, "5.1.1", "someone@example.com: user unknown", "someone@example.com: user unknown"},
	} {
		if w := g.Words(c.kind, c.code, c.text); w.RU != c.ru || w.EN != c.text {
			t.Errorf("%s %s: %+v, want %q", c.kind, c.code, w, c.ru)
		}
	}
}

// TestEveryPhraseIsInBothLanguages finds what was added to one language alone.
func TestEveryPhraseIsInBothLanguages(t *testing.T) {
	t.Parallel()
	check := func(t *testing.T, list []channels.Phrase) {
		for _, p := range list {
			if p.Code == "" || p.EN == "" || !strings.ContainsAny(p.RU, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя") {
				t.Errorf("%q: %+v", p.Code, p.Words)
			}
			for _, hole := range []string{"{host}", "{port}", "{said}", "{name}", "{code}", "{status}", "{state}", "{n}", "{max}"} {
				if strings.Contains(p.RU, hole) && !strings.Contains(p.EN, hole) {
					t.Errorf("%q: nothing fills %s", p.Code, hole)
				}
			}
		}
	}
	check(t, channels.Common())
	for _, d := range drivers() {
		s, ok := d.(channels.Speaker)
		if !ok {
			t.Errorf("%s does not say what its codes mean", d.Kind())
			continue
		}
		check(t, s.Phrases())
	}
}

func FuzzGlossary(f *testing.F) {
	g := channels.NewGlossary(nil, drivers()...)
	f.Add("connection_refused", "a does not answer on port 1. Check the port.")
	f.Add("http_", "Twilio answered ")
	f.Fuzz(func(t *testing.T, code, text string) {
		for _, d := range drivers() {
			if w := g.Words(d.Kind(), code, text); w.EN != text || w.RU == "" && text != "" {
				t.Errorf("%q %q: %+v", code, text, w)
			}
		}
	})
}
