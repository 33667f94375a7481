package whatsapp

import "parley/channels"

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	return []channels.Field{
		{
			Name: "provider", Type: channels.FieldChoice, Default: providerCloud, Options: []string{providerCloud, providerDevice},
			Label: words("Способ подключения", "Way of connecting"),
			Help:  words("cloud: официальный Cloud API. device (телефон по QR-коду) пока не поддерживается.", "cloud: the official Cloud API. device (a phone by QR code) is not supported yet."),
		},
		{
			Name: "token", Type: channels.FieldSecret, Required: true,
			Label: words("Постоянный токен", "Permanent token"),
			Help: words("Токен системного пользователя с правами whatsapp_business_messaging и whatsapp_business_management: Business Manager → Системные пользователи.",
				"A system user's token with whatsapp_business_messaging and whatsapp_business_management: Business Manager → System users."),
		},
		{
			Name: "phone_number_id", Type: channels.FieldText, Required: true,
			Label: words("ID номера телефона", "Phone number ID"),
			Help:  words("Не сам номер, а его ID: приложение Meta → WhatsApp → Настройка API.", "Not the number itself but its ID: Meta app → WhatsApp → API setup."),
		},
		{
			Name: "business_id", Type: channels.FieldText, Required: true,
			Label: words("ID аккаунта WhatsApp Business", "WhatsApp Business account ID"),
			Help:  words("Стоит там же, рядом с ID номера. Нужен для шаблонов.", "Stands beside the number's ID. Needed for templates."),
		},
		{
			Name: "app_secret", Type: channels.FieldSecret, Required: true,
			Label: words("Секрет приложения", "App secret"),
			Help:  words("Приложение Meta → Настройки → Основное. Им подписаны все события.", "Meta app → Settings → Basic. All events are signed with it."),
		},
		{
			Name: "verify_token", Type: channels.FieldSecret, Required: true,
			Label: words("Маркер подтверждения", "Verify token"),
			Help: words("Придумайте строку и впишите её же в настройках webhook приложения вместе с адресом канала; подпишитесь на поле messages.",
				"Make up a text and enter it in the app's webhook settings too, with the channel's address; subscribe to the field messages."),
		},
		{
			Name: "base_url", Type: channels.FieldText, Default: defaultBase,
			Label: words("Адрес API", "API address"),
			Help:  words("Меняют, только если обращения идут через прокси.", "Changed only where calls go through a proxy."),
		},
	}
}
