package sms

import (
	"parley/channels"
	"parley/channels/sms/gateway"
	"parley/channels/sms/twilio"
)

// Driver opens SMS accounts.
type Driver struct {
	// HookURL tells where the network reaches an account of ours; "" when nowhere. nil = nowhere.
	HookURL func(channels.AccountID) string
}

var (
	_ channels.Driver = (*Driver)(nil)
	_ channels.Hooker = (*Driver)(nil)
)

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindSMS }

// Title names the network for people.
func (*Driver) Title() channels.Words { return words("SMS", "SMS") }

// The providers.
const (
	ProviderTwilio = "twilio"
	ProviderHTTP   = "http"
)

// ownGateway is the choice of an administrator who describes a gateway.
const ownGateway = "own"

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	byGateway := channels.Condition{Field: "provider", Values: []string{ProviderHTTP}}
	byTwilio := channels.Condition{Field: "provider", Values: []string{ProviderTwilio}}
	return []channels.Field{
		{
			Name: "provider", Type: channels.FieldChoice, Required: true, Default: ProviderHTTP, Options: []channels.Option{
				{Value: ProviderHTTP, Label: words("Шлюз: из списка или свой", "A gateway: of the list or your own")},
				{Value: ProviderTwilio, Label: words("Twilio", "Twilio")},
			},
			Label: words("Поставщик", "Provider"),
		},
		{
			Name: "gateway", Type: channels.FieldChoice, Default: ownGateway, Options: gateways(), When: byGateway,
			Label: words("Шлюз", "Gateway"),
			Help:  words("Для шлюза из списка описание готово; свой описывают сами.", "A gateway of the list is described already; your own you describe yourself."),
		},
		{
			Name: "login", Type: channels.FieldText, When: channels.Condition{Field: "gateway", Values: withLogin()},
			Label: words("Логин шлюза", "Gateway login"),
		},
		{
			Name: "password", Type: channels.FieldSecret, When: byGateway,
			Label: words("Пароль или ключ шлюза", "Gateway password or key"),
		},
		{
			Name: "description", Type: channels.FieldLong, Required: true,
			When:  channels.Condition{Field: "gateway", Values: []string{ownGateway}},
			Label: words("Описание своего шлюза", "Description of your gateway"),
			Help:  words("JSON: адрес, поля, признак успеха, отчёты. Пример — в документации.", "JSON: address, fields, sign of success, receipts. The documentation has an example."),
		},
		{
			Name: "account_sid", Type: channels.FieldText, Required: true, When: byTwilio,
			Label: words("Account SID", "Account SID"),
		},
		{
			Name: "auth_token", Type: channels.FieldSecret, Required: true, When: byTwilio,
			Label: words("Auth Token", "Auth token"),
		},
		{
			Name: "messaging_service_sid", Type: channels.FieldText, When: byTwilio,
			Label: words("Messaging Service SID", "Messaging service SID"),
			Help:  words("Вместо отправителя.", "Instead of a sender."),
		},
		{
			Name: "source", Type: channels.FieldText,
			Label: words("Отправитель", "Sender"),
			Help:  words("Номер или согласованное имя, от которого идут сообщения.", "The number, or the approved name, that messages come from."),
		},
		{
			Name: "max_segments", Type: channels.FieldNumber, Default: "6",
			Label: words("Не больше SMS в сообщении", "SMS per message at most"),
			Help:  words("От 1 до 10: длинный текст делится на несколько SMS, и каждая оплачивается.", "1 to 10: a long text is divided into several SMS, and each is paid for."),
		},
		{
			Name: "region", Type: channels.FieldText, Default: "RU",
			Label: words("Страна номеров", "Country of numbers"),
			Help:  words("Две буквы: где набран номер без кода страны.", "Two letters: where a number without a country code was dialled."),
		},
		{
			Name: "base_url", Type: channels.FieldText,
			Label: words("Другой адрес API", "Another address of the API"),
			Help:  words("Меняют для прокси или своего адреса у шлюза.", "Changed for a proxy, or for an address of one's own at the gateway."),
		},
	}
}

// Hooks implements channels.Hooker.
func (*Driver) Hooks() []channels.Hook {
	return []channels.Hook{
		{
			When: channels.Condition{Field: "provider", Values: []string{ProviderTwilio}},
			Paste: words("Вставьте в консоли Twilio, в настройках номера: «A message comes in», метод POST.",
				"Paste in Twilio's console, in the number's settings: “A message comes in”, method POST."),
		},
		{
			Paste: words("Вставьте в кабинете шлюза как адрес для входящих сообщений и отчётов о доставке.",
				"Paste in the gateway's cabinet as the address for incoming messages and delivery reports."),
		},
	}
}

// Open implements channels.Driver.
func (d *Driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	s, err := parseConfig(channels.OnlyApplying(d.Fields(), acct.Config))
	if err != nil {
		return nil, err
	}
	hook := func() string {
		if d.HookURL == nil {
			return ""
		}
		return d.HookURL(acct.ID)
	}
	if s.provider == ProviderTwilio {
		base := s.base
		if base == "" {
			base = twilio.DefaultBase
		}
		a, err := twilio.Open(twilio.Config{
			ID: acct.ID, AccountSID: s.get("account_sid"), AuthToken: s.get("auth_token"), ServiceSID: s.get("messaging_service_sid"),
			From: s.get("source"), Base: base, Region: s.region, MaxSegments: s.segments, Hook: hook,
		}, env)
		if err != nil {
			return nil, err
		}
		return a, nil
	}
	a, err := gateway.Open(gateway.Config{
		ID: acct.ID, Description: s.description, Login: s.get("login"), Password: s.get("password"),
		From: s.get("source"), Base: s.base, Region: s.region, MaxSegments: s.segments, Hook: hook,
	}, env)
	if err != nil {
		return nil, err
	}
	return a, nil
}

// gateways are one's own and those of the list.
func gateways() []channels.Option {
	options := []channels.Option{{Value: ownGateway, Label: words("Свой", "Your own")}}
	for _, known := range gateway.All() {
		options = append(options, channels.Option{Value: known.Name, Label: words(known.Title, known.Title)})
	}
	return options
}

// withLogin are the gateways that have a login, or may.
func withLogin() []string {
	names := []string{ownGateway}
	for _, known := range gateway.All() {
		if known.Login {
			names = append(names, known.Name)
		}
	}
	return names
}

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }
