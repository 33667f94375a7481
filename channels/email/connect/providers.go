package connect

import "parley/channels"

// providers is the table of well-known services. Where a provider has several names for
// a server, the one in its own instructions stands here.
func providers() []Provider {
	return []Provider{
		{
			Name: ServiceGoogle, Title: "Gmail", Domains: []string{"gmail.com", "googlemail.com"},
			MX:   []string{"google.com", "googlemail.com"},
			IMAP: Endpoint{"imap.gmail.com", portIMAPS, TLS}, SMTP: Endpoint{"smtp.gmail.com", portSMTPS, TLS},
			OAuth: true, AppPassword: true, HelpURL: "https://myaccount.google.com/apppasswords", Hint: appPassword("Google", "Google"),
			Source: "https://support.google.com/mail/answer/7126229",
		},
		{
			Name: ServiceMicrosoft, Title: "Outlook, Microsoft 365",
			Domains: []string{"outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "outlook.fr", "outlook.es", "hotmail.co.uk", "hotmail.de", "hotmail.fr"},
			MX:      []string{"protection.outlook.com", "mx.microsoft"},
			IMAP:    Endpoint{"outlook.office365.com", portIMAPS, TLS}, SMTP: Endpoint{"smtp.office365.com", portSubmission, STARTTLS},
			OAuth: true, OnlyOAuth: true, HelpURL: "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
			Hint:   onlyOAuth("Microsoft", "Microsoft"),
			Source: "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
		},
		{
			Name: ServiceYandex, Title: "Яндекс Почта",
			Domains: []string{"yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.uz", "yandex.ua", "narod.ru"},
			MX:      []string{"mx.yandex.net", "mx.yandex.ru"},
			IMAP:    Endpoint{"imap.yandex.ru", portIMAPS, TLS}, SMTP: Endpoint{"smtp.yandex.ru", portSMTPS, TLS},
			OAuth: true, AppPassword: true, HelpURL: "https://id.yandex.ru/security/app-passwords", Hint: channels.Words{
				RU: "Обычный пароль Яндекс не примет. Создайте пароль приложения, вставьте его сюда и разрешите IMAP в настройках почты.",
				EN: "Yandex refuses your ordinary password. Make an app password, paste it here, and allow IMAP in the mailbox's settings.",
			},
			Source: "https://yandex.ru/support/yandex-360/customers/mail/ru/mail-clients/others",
		},
		{
			Name: ServiceMailRu, Title: "Почта Mail", Domains: []string{"mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru", "xmail.ru"},
			MX:   []string{"mail.ru"},
			IMAP: Endpoint{"imap.mail.ru", portIMAPS, TLS}, SMTP: Endpoint{"smtp.mail.ru", portSMTPS, TLS},
			OAuth: true, AppPassword: true, HelpURL: "https://account.mail.ru/user/2-step-auth/passwords", Hint: appPassword("Mail", "Mail.ru"),
			Source: "https://help.mail.ru/mail/mailer/popsmtp",
		},
		{
			Name: "icloud", Title: "iCloud", Domains: []string{"icloud.com", "me.com", "mac.com"}, MX: []string{"mail.icloud.com"},
			IMAP: Endpoint{"imap.mail.me.com", portIMAPS, TLS}, SMTP: Endpoint{"smtp.mail.me.com", portSubmission, STARTTLS},
			AppPassword: true, HelpURL: "https://account.apple.com/account/manage", Hint: appPassword("Apple", "Apple"),
			Source: "https://support.apple.com/102525",
		},
		{
			Name: "yahoo", Title: "Yahoo", MX: []string{"yahoodns.net"},
			Domains: []string{"yahoo.com", "ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "yahoo.es", "yahoo.it", "yahoo.co.in", "yahoo.com.br"},
			IMAP:    Endpoint{"imap.mail.yahoo.com", portIMAPS, TLS}, SMTP: Endpoint{"smtp.mail.yahoo.com", portSMTPS, TLS},
			AppPassword: true, HelpURL: "https://login.yahoo.com/account/security", Hint: appPassword("Yahoo", "Yahoo"),
			Source: "https://help.yahoo.com/kb/SLN4075.html",
		},
		{
			Name: "aol", Title: "AOL", Domains: []string{"aol.com", "aim.com"},
			IMAP: Endpoint{"imap.aol.com", portIMAPS, TLS}, SMTP: Endpoint{"smtp.aol.com", portSMTPS, TLS},
			AppPassword: true, HelpURL: "https://login.aol.com/account/security", Hint: appPassword("AOL", "AOL"),
			Source: "https://help.aol.com/articles/how-do-i-use-other-email-applications-to-send-and-receive-my-aol-mail",
		},
		{
			Name: "rambler", Title: "Рамблер/почта", Domains: []string{"rambler.ru", "lenta.ru", "autorambler.ru", "myrambler.ru", "ro.ru", "rambler.ua"},
			MX:   []string{"rambler.ru"},
			IMAP: Endpoint{"imap.rambler.ru", portIMAPS, TLS}, SMTP: Endpoint{"smtp.rambler.ru", portSMTPS, TLS},
			HelpURL: "https://mail.rambler.ru/settings/mailapps", Hint: switchOn("Рамблер/почты", "Rambler"),
			Source: "https://help.rambler.ru/mail/mail-pochtovye-klienty/1275",
		},
		{
			Name: "gmx", Title: "GMX", Domains: []string{"gmx.de", "gmx.net", "gmx.at", "gmx.ch"}, MX: []string{"gmx.net"},
			IMAP: Endpoint{"imap.gmx.net", portIMAPS, TLS}, SMTP: Endpoint{"mail.gmx.net", portSMTPS, TLS},
			HelpURL: "https://hilfe.gmx.net/pop-imap/einschalten.html", Hint: switchOn("GMX", "GMX"), Source: "https://hilfe.gmx.net/pop-imap/imap/imap-serverdaten.html",
		},
		{
			Name: "gmx.com", Title: "GMX", Domains: []string{"gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr"},
			IMAP: Endpoint{"imap.gmx.com", portIMAPS, TLS}, SMTP: Endpoint{"mail.gmx.com", portSMTPS, TLS},
			HelpURL: "https://support.gmx.com/pop-imap/toggle.html", Hint: switchOn("GMX", "GMX"), Source: "https://support.gmx.com/pop-imap/imap/server.html",
		},
		{
			Name: "web.de", Title: "WEB.DE", Domains: []string{"web.de"}, MX: []string{"web.de"},
			IMAP: Endpoint{"imap.web.de", portIMAPS, TLS}, SMTP: Endpoint{"smtp.web.de", portSubmission, STARTTLS},
			HelpURL: "https://hilfe.web.de/pop-imap/einschalten.html", Hint: switchOn("WEB.DE", "WEB.DE"), Source: "https://hilfe.web.de/pop-imap/imap/imap-serverdaten.html",
		},
		{
			Name: "fastmail", Title: "Fastmail", Domains: []string{"fastmail.com", "fastmail.fm"}, MX: []string{"messagingengine.com"},
			IMAP: Endpoint{"imap.fastmail.com", portIMAPS, TLS}, SMTP: Endpoint{"smtp.fastmail.com", portSMTPS, TLS},
			AppPassword: true, HelpURL: "https://app.fastmail.com/settings/security/integrations", Hint: appPassword("Fastmail", "Fastmail"),
			Source: "https://www.fastmail.help/hc/articles/1500000278342",
		},
		{
			Name: "zoho", Title: "Zoho Mail", Domains: []string{"zoho.com", "zohomail.com"}, MX: []string{"zoho.com"},
			IMAP: Endpoint{"imap.zoho.com", portIMAPS, TLS}, SMTP: Endpoint{"smtp.zoho.com", portSMTPS, TLS},
			HelpURL: "https://accounts.zoho.com/home#security/app_password", Hint: switchOn("Zoho", "Zoho"), Source: "https://www.zoho.com/mail/help/imap-access.html",
		},
		{
			Name: "zoho.eu", Title: "Zoho Mail", Domains: []string{"zoho.eu", "zohomail.eu"}, MX: []string{"zoho.eu"},
			IMAP: Endpoint{"imap.zoho.eu", portIMAPS, TLS}, SMTP: Endpoint{"smtp.zoho.eu", portSMTPS, TLS},
			HelpURL: "https://accounts.zoho.eu/home#security/app_password", Hint: switchOn("Zoho", "Zoho"), Source: "https://www.zoho.com/mail/help/imap-access.html",
		},
		{
			Name: "proton", Title: "Proton Mail", Domains: []string{"proton.me", "protonmail.com", "pm.me"}, MX: []string{"protonmail.ch"},
			IMAP: Endpoint{"127.0.0.1", 1143, STARTTLS}, SMTP: Endpoint{"127.0.0.1", 1025, STARTTLS},
			HelpURL: "https://proton.me/mail/bridge", Source: "https://proton.me/support/protonmail-bridge-clients-linux-thunderbird",
			Hint: channels.Words{
				RU: "Proton отдаёт почту только через Proton Mail Bridge. Укажите адрес, на котором он работает, и разрешите его в PARLEY_EGRESS_ALLOW.",
				EN: "Proton gives mail out only through Proton Mail Bridge. Enter the address it runs at and allow it in PARLEY_EGRESS_ALLOW.",
			},
		},
	}
}
