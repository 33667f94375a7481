package report_test

import (
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/email/report"
)

// TestSubjectsOfTheAbsent has mails without a single field that marks a machine.
func TestSubjectsOfTheAbsent(t *testing.T) {
	t.Parallel()
	for _, subject := range []string{
		"Автоответ", "автоответ.", "Автоответ: Re: Заказ 5", "Автоматический ответ: Счёт", "Автоответ на ваше письмо", "Автоматический ответ на обращение: Счёт",
		"Я в отпуске", "Я в отпуске до 14 июля", "я в отпуске с 01.07.2026 по 14.07.2026", "Нахожусь в отпуске", "Нахожусь в ежегодном отпуске с 1 по 14 июля 2026 г.",
		"Я нахожусь в отпуске: Re: Договор", "Меня нет в офисе", "Меня нет в офисе до 5 мая!", "Меня временно нет в офисе", "Отсутствую на рабочем месте", "В отпуске до 20.08",
		"Я в командировке до 7 июня", "Automatic reply: Your order", "Out of office", "Out of the office until 5.7.2026: Your order",
	} {
		if got := report.Judge(report.Mail{Subject: subject, Fields: []report.Field{{Name: "From", Value: "ann@example.org"}}}).Nature; got != channels.NatureAutoReply {
			t.Errorf("%q is of %q", subject, got)
		}
	}
	for _, subject := range []string{
		"", "Автоответчик не работает", "Автоответ не работает", "Автоответ на сайте не работает", "Автоответы", "Как включить автоответ", "Re: Автоответ", "Re: Я в отпуске",
		"Я в отпуске, доставьте заказ после 5 мая", "Я в отпуске до 5 мая, перенесите встречу", "В отпуске потерял карту", "Меня нет в офисе, оставьте на вахте",
		"Меня нет в офисе 1С", "Нахожусь в отпуске и не могу войти", "Отпуск", "Отсутствует товар", "Отсутствую ли я в списке", "Нет в офисе ключей", "Кто в отпуске",
		"Автоматический ответ на вопрос не пришёл", "Out of office chairs?", "Out of office until when?", "Automatic reply does not work",
		"Я в отпуске до " + strings.Repeat("1", 600),
	} {
		m := load(t, person+"X-Mailer: Y\n\nЯ в отпуске. Автоответ. Меня нет в офисе.")
		m.Subject = subject
		if got := report.Judge(m).Nature; got != channels.NaturePerson {
			t.Errorf("%q is of %q", subject, got)
		}
	}
}
