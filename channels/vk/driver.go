package vk

import (
	"parley/channels"
)

// Driver opens VK communities. The zero value is ready.
type Driver struct{}

var (
	_ channels.Driver = (*Driver)(nil)
	_ channels.Hooker = (*Driver)(nil)
)

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindVK }

// Title names the network for people.
func (*Driver) Title() channels.Words { return words("ВКонтакте", "VK") }

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	pushed := channels.Condition{Field: fieldMode, Values: []string{modeCallback}}
	return []channels.Field{
		{
			Name: fieldToken, Type: channels.FieldSecret, Required: true,
			Label: words("Ключ доступа сообщества", "The community's access key"),
			Help: words("Управление → Работа с API → Ключи доступа; с правами на сообщения, фотографии, документы и управление.",
				"Manage → API usage → Access tokens; with the rights to messages, photos, documents and management."),
		},
		{
			Name: fieldGroup, Type: channels.FieldNumber, Required: true,
			Label: words("Номер сообщества", "The community's number"),
			Help:  words("Число после club или public в адресе.", "The number behind club or public in the address."),
		},
		{
			Name: fieldMode, Type: channels.FieldChoice, Default: modeLongPoll, Options: []channels.Option{
				{Value: modeLongPoll, Label: words("Long Poll: мы спрашиваем ВКонтакте", "Long Poll: we ask VK")},
				{Value: modeCallback, Label: words("Callback API: ВКонтакте обращается к нам", "Callback API: VK calls us")},
			},
			Label: words("Получение", "Receiving"),
			Help: words("Long Poll работает везде. Callback API требует, чтобы Parley был доступен из интернета по https.",
				"Long Poll works everywhere. The Callback API needs Parley to be reachable from the internet by https."),
		},
		{
			Name: fieldConfirmation, Type: channels.FieldText, Required: true, When: pushed,
			Label: words("Строка подтверждения", "Confirmation string"),
			Help: words("В настройках Callback API: «Строка, которую должен вернуть сервер».",
				"In the settings of the Callback API: the string that the server should return."),
		},
		{
			Name: fieldSecret, Type: channels.FieldSecret, Required: true, When: pushed,
			Label: words("Секретный ключ", "Secret key"),
			Help: words("Придумайте и впишите и здесь, и в настройках Callback API.",
				"Make one up and enter it here and in the settings of the Callback API."),
		},
		{
			Name: fieldBase, Type: channels.FieldText, Default: defaultBase,
			Label: words("Адрес API", "Address of the API"),
			Help:  words("Менять не нужно.", "There is no need to change it."),
		},
	}
}

// Hooks implements channels.Hooker.
func (*Driver) Hooks() []channels.Hook {
	return []channels.Hook{{
		When: channels.Condition{Field: fieldMode, Values: []string{modeCallback}},
		Paste: words("Вставьте во ВКонтакте: Управление → Работа с API → Callback API, поля «Адрес» и «Секретный ключ», и нажмите «Подтвердить».",
			"Paste into VK: Manage → API usage → Callback API, the fields Address and Secret key, and press Confirm."),
		With: []string{fieldSecret},
	}}
}

// Open implements channels.Driver.
func (d *Driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	s, err := parseSettings(channels.OnlyApplying(d.Fields(), acct.Config))
	if err != nil {
		return nil, err
	}
	return newAccount(s, env), nil
}
