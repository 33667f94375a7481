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
		{channels.KindTelegram, "text_too_long", "the text is too long (5000, 4096 are allowed): shorten or divide it", "текст слишком длинный (5000, разрешено 4096): сократите его или разделите"},
		{channels.KindTelegram, "blocked", "the person has stopped the bot", "клиент остановил бота: пока он не напишет снова, ответить нельзя"}, // of an older version
		{channels.KindSMS, "twilio_21610", "the person has answered STOP: they get no messages until they write START", "человек ответил STOP: он не получит сообщений, пока не напишет START"},
		{channels.KindSMS, "twilio_99", "Twilio refused the message: the message log in Twilio's console shows the reason", "Twilio отказался отправить сообщение: причину показывает журнал сообщений в консоли Twilio"},
		{channels.KindSMS, "http_503", "Twilio asks to wait: if the message does not go out by itself, send it later", "Twilio просит подождать: если сообщение не уйдёт само, отправьте его позже"},
		{channels.KindSMS, "gateway_7", "the gateway refused the message: check the number, the text and the balance at the gateway", "шлюз отказался принять сообщение: проверьте номер, текст и счёт у шлюза"},
		{channels.KindCustom, "http_500", "the receiving system answers with a failure: the message may have been delivered; ask the contact before you send it again", "принимающая система отвечает сбоем: сообщение могло дойти, спросите получателя, прежде чем отправлять снова"},
		{channels.KindCustom, "reported", "the receiving system did not deliver the message: нет такого номера", "принимающая система не доставила сообщение: нет такого номера"},
		{channels.KindCustom, "reported", "the receiving system did not deliver the message: ask its developer for the reason", "принимающая система не доставила сообщение: спросите о причине её разработчика"},
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
