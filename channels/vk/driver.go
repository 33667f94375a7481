package vk

import (
	"parley/channels"
)

// Driver opens VK communities. The zero value is ready.
type Driver struct{}

var _ channels.Driver = (*Driver)(nil)

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindVK }

// Title names the network for people.
func (*Driver) Title() channels.Words { return words("ВКонтакте", "VK") }

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
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
			Name: fieldMode, Type: channels.FieldChoice, Default: modeLongPoll, Options: []string{modeLongPoll, modeCallback},
			Label: words("Получение", "Receiving"),
			Help: words("longpoll работает без открытого адреса; callback: ВКонтакте сам вызывает наш адрес.",
				"longpoll needs no public address; with callback VK calls ours."),
		},
		{
			Name: fieldConfirmation, Type: channels.FieldText,
			Label: words("Строка подтверждения", "Confirmation string"),
			Help: words("Для callback: «Строка, которую должен вернуть сервер».",
				"For callback: the string that VK says the server should return."),
		},
		{
			Name: fieldSecret, Type: channels.FieldSecret,
			Label: words("Секретный ключ", "Secret key"),
			Help: words("Для callback: придумайте и впишите и здесь, и в настройках Callback API.",
				"For callback: make one up and enter it here and in the settings of the Callback API."),
		},
		{
			Name: fieldBase, Type: channels.FieldText, Default: defaultBase,
			Label: words("Адрес API", "Address of the API"),
			Help:  words("Менять не нужно.", "There is no need to change it."),
		},
	}
}

// Open implements channels.Driver.
func (*Driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	s, err := parseSettings(acct.Config)
	if err != nil {
		return nil, err
	}
	return newAccount(s, env), nil
}
