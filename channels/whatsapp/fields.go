package whatsapp

import "parley/channels"

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	return []channels.Field{
		{
			Name: "provider", Type: channels.FieldChoice, Default: providerCloud, Options: []channels.Option{{Value: providerCloud, Label: words("Cloud API", "Cloud API")}},
			Label: words("Способ подключения", "Way of connecting"),
			Help:  words("Официальный Cloud API компании Meta.", "Meta's official Cloud API."),
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
			Help: words("Придумайте строку: её же вы впишете в настройках webhook приложения вместе с адресом канала.",
				"Make up a text: you enter it in the app's webhook settings too, with the channel's address."),
		},
		{
			Name: "base_url", Type: channels.FieldText, Default: defaultBase,
			Label: words("Адрес API", "API address"),
			Help:  words("Меняют, только если обращения идут через прокси.", "Changed only where calls go through a proxy."),
		},
	}
}

// Hooks implements channels.Hooker.
func (*Driver) Hooks() []channels.Hook {
	return []channels.Hook{{
		Paste: words("Вставьте в приложении Meta: WhatsApp → Конфигурация → Webhook, поля «URL обратного вызова» и «Маркер подтверждения», и подпишитесь на messages.",
			"Paste in the Meta app: WhatsApp → Configuration → Webhook, the fields Callback URL and Verify token, and subscribe to messages."),
		With: []string{"verify_token"},
	}}
}
