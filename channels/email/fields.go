package email

import "parley/channels"

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	all := append(whoFields(), wayFields()...)
	return append(append(all, readingFields()...), sendingFields()...)
}

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }

// whoFields say whose mailbox it is and how it is opened.
func whoFields() []channels.Field {
	return []channels.Field{
		{
			Name: "address", Type: channels.FieldText, Required: true,
			Label: words("Адрес", "Address"),
			Help:  words("Адрес почты, например support@shop.ru.", "The mailbox's address, such as support@shop.com."),
		},
		{
			Name: "from_name", Type: channels.FieldText,
			Label: words("Имя отправителя", "Sender's name"),
			Help:  words("Стоит рядом с адресом, когда у сообщения нет имени автора.", "Stands beside the address where a message has no author's name."),
		},
		{
			Name: "username", Type: channels.FieldText,
			Label: words("Имя для входа", "User name"),
			Help:  words("Если пусто, это адрес.", "When empty, it is the address."),
		},
		{
			Name: "password", Type: channels.FieldSecret,
			Label: words("Пароль", "Password"),
			Help:  words("Многие провайдеры требуют отдельный пароль для приложений.", "Many providers want a password made for programs."),
		},
		{
			Name: "oauth", Type: channels.FieldSecret,
			Label: words("Вход по разрешению", "Sign-in by consent"),
			Help: words("JSON с provider, client_id и client_secret вашего приложения; после него войдите на странице провайдера.",
				"JSON with provider, client_id and client_secret of your application; then sign in on the provider's page."),
		},
	}
}

// wayFields say where the servers are.
func wayFields() []channels.Field {
	security := []channels.Option{
		{Value: "tls", Label: words("TLS", "TLS")}, {Value: "starttls", Label: words("STARTTLS", "STARTTLS")},
		{Value: "none", Label: words("Без защиты", "None")},
	}
	return []channels.Field{
		{
			Name: "imap_host", Type: channels.FieldText, Required: true,
			Label: words("Сервер входящей почты (IMAP)", "Server of incoming mail (IMAP)"),
		},
		{
			Name: "imap_port", Type: channels.FieldNumber, Default: "993",
			Label: words("Порт IMAP", "IMAP port"),
		},
		{
			Name: "imap_security", Type: channels.FieldChoice, Default: "tls", Options: security,
			Label: words("Защита IMAP", "IMAP security"),
			Help:  words("TLS для порта 993, STARTTLS для 143.", "TLS for port 993, STARTTLS for 143."),
		},
		{
			Name: "smtp_host", Type: channels.FieldText, Required: true,
			Label: words("Сервер исходящей почты (SMTP)", "Server of outgoing mail (SMTP)"),
		},
		{
			Name: "smtp_port", Type: channels.FieldNumber, Default: "465",
			Label: words("Порт SMTP", "SMTP port"),
		},
		{
			Name: "smtp_security", Type: channels.FieldChoice, Default: "tls", Options: security,
			Label: words("Защита SMTP", "SMTP security"),
			Help:  words("TLS для порта 465, STARTTLS для 587.", "TLS for port 465, STARTTLS for 587."),
		},
		{
			Name: "smtp_username", Type: channels.FieldText,
			Label: words("Имя для входа в SMTP", "SMTP user name"),
			Help:  words("Если пусто, как для входящей почты.", "When empty, as for incoming mail."),
		},
		{
			Name: "smtp_password", Type: channels.FieldSecret,
			Label: words("Пароль SMTP", "SMTP password"),
			Help:  words("Если пусто, как для входящей почты.", "When empty, as for incoming mail."),
		},
	}
}

// readingFields say what is read.
func readingFields() []channels.Field {
	return []channels.Field{
		{
			Name: "mailbox", Type: channels.FieldText, Default: "INBOX",
			Label: words("Папка", "Mailbox"),
			Help:  words("Папка, из которой приходят письма.", "The folder that mail is read from."),
		},
		{
			Name: "sent_mailbox", Type: channels.FieldText,
			Label: words("Папка отправленных", "Folder of sent mail"),
			Help: words("Ответы из неё видны в переписке. Если пусто, её называет сервер.",
				"Answers in it are shown in conversations. When empty, the server names it."),
		},
		{
			Name: "backfill_days", Type: channels.FieldNumber, Default: "0",
			Label: words("Загрузить прошлые письма, дней", "Load earlier mail, days"),
			Help:  words("За сколько дней загрузить письма при подключении.", "From how many days before the connection mail is loaded."),
		},
		{
			Name: "poll_seconds", Type: channels.FieldNumber, Default: "60",
			Label: words("Проверять каждые, секунд", "Look every, seconds"),
			Help: words("Обычно сервер сам говорит о новых письмах; это для остальных и для отправленных.",
				"Most servers tell of new mail themselves; this is for the others and for sent mail."),
		},
		{
			Name: "trusted_authserv", Type: channels.FieldList,
			Label: words("Чьим проверкам отправителя верить", "Whose checks of senders to believe"),
			Help: words("Если пусто, серверу, который принял письмо. Иначе имена из начала заголовка Authentication-Results, например mx.google.com: им верим и в том, что письмо послали мы сами.",
				"When empty, those of the server that took the mail in. Otherwise names from the beginning of Authentication-Results, such as mx.google.com; they also prove that a mail is our own."),
		},
	}
}

// sendingFields say how answers look to others.
func sendingFields() []channels.Field {
	return []channels.Field{
		{
			Name: "aliases", Type: channels.FieldList,
			Label: words("Другие адреса этой почты", "Further addresses of this mailbox"),
			Help: words("С них можно отвечать. Назовите и группу рассылки, если письма приходят через неё.",
				"Answers may be sent from them. Name the group as well, if mail comes through one."),
		},
		{
			Name: "plus_address", Type: channels.FieldBool, Default: "false",
			Label: words("Метка в адресе ответа", "A mark in the address for answers"),
			Help: words("Ответы идут на имя+метка@домен: их не спутать, даже если программа теряет заголовки. Сервер должен принимать такие адреса.",
				"Answers go to name+mark@domain, so that none is misplaced when a program loses headers. The server must accept such addresses."),
		},
		{
			Name: "dkim_domain", Type: channels.FieldText,
			Label: words("Домен подписи DKIM", "DKIM domain"),
			Help:  words("Если пусто, домен адреса.", "When empty, the address's domain."),
		},
		{
			Name: "dkim_selector", Type: channels.FieldText,
			Label: words("Селектор DKIM", "DKIM selector"),
			Help:  words("Нужен, только если письма подписываем мы, а не ваш сервер.", "Needed only where we sign mail, not your server."),
		},
		{
			Name: "dkim_key", Type: channels.FieldSecret,
			Label: words("Закрытый ключ DKIM", "DKIM private key"),
			Help:  words("PEM, RSA или Ed25519.", "PEM, RSA or Ed25519."),
		},
	}
}
