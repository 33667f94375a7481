package form

import "slices"

func isMessage(name string) bool { return slices.Contains(messageNames, fold(name)) }

// Label is how a field is called on the form; one of the site's own is called by its name.
func Label(name, language string) string {
	words := func(ru, en, ar string) string {
		switch language {
		case "ru":
			return ru
		case "ar":
			return ar
		}
		return en
	}
	switch folded := fold(name); {
	case folded == fieldPage:
		return words("Страница", "Page", "الصفحة")
	case slices.Contains(nameNames, folded):
		return words("Имя", "Name", "الاسم")
	case slices.Contains(emailNames, folded):
		return words("Почта", "E-mail", "البريد الإلكتروني")
	case slices.Contains(phoneNames, folded):
		return words("Телефон", "Phone", "الهاتف")
	case slices.Contains(messageNames, folded):
		return words("Сообщение", "Message", "الرسالة")
	case slices.Contains(subjectNames, folded):
		return words("Тема", "Subject", "الموضوع")
	}
	return line(name)
}

// InputType is how browsers are asked to treat a field: "text", "email", "tel" or "textarea".
func InputType(name string) string {
	switch folded := fold(name); {
	case slices.Contains(emailNames, folded):
		return "email"
	case slices.Contains(phoneNames, folded):
		return "tel"
	case slices.Contains(messageNames, folded):
		return "textarea"
	}
	return "text"
}

// ButtonText is the word on the button.
func (c Config) ButtonText() string {
	switch {
	case c.Button != "":
		return c.Button
	case c.Language == "ru":
		return "Отправить"
	case c.Language == "ar":
		return "إرسال"
	}
	return "Send"
}

// ThanksText is what people read when the form is sent.
func (c Config) ThanksText() string {
	switch {
	case c.Thanks != "":
		return c.Thanks
	case c.Language == "ru":
		return "Спасибо! Мы получили ваше обращение и скоро ответим."
	case c.Language == "ar":
		return "شكرًا! وصلتنا رسالتك وسنرد قريبًا."
	}
	return "Thank you! We have received your message and will answer soon."
}
