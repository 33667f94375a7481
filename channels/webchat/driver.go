package webchat

import "parley/channels"

// TypingFunc shows the visitor of a chat that somebody is writing. It must not block.
type TypingFunc func(account channels.AccountID, chat, name string)

// Driver opens web-chat accounts.
type Driver struct{ typing TypingFunc }

var _ channels.Driver = (*Driver)(nil)

// NewDriver returns a driver whose accounts show typing by the given function; nil
// shows it to nobody.
func NewDriver(typing TypingFunc) *Driver {
	if typing == nil {
		typing = func(channels.AccountID, string, string) {}
	}
	return &Driver{typing: typing}
}

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindWebchat }

// Title names the network for people.
func (*Driver) Title() channels.Words {
	return channels.Words{RU: "Чат на сайте", EN: "Site chat"}
}

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	return []channels.Field{
		{
			Name: "title", Type: channels.FieldText,
			Label: channels.Words{RU: "Заголовок", EN: "Title"},
			Help:  channels.Words{RU: "Стоит над чатом. Если пусто, показывается название канала.", EN: "Stands above the chat. When empty, the channel's name is shown."},
		},
		{
			Name: "greeting", Type: channels.FieldText,
			Label: channels.Words{RU: "Приветствие", EN: "Greeting"},
			Help:  channels.Words{RU: "Посетитель видит его, пока не написал.", EN: "What visitors read before they write."},
		},
		{
			Name: "color", Type: channels.FieldColor, Default: "#0f766e",
			Label: channels.Words{RU: "Цвет", EN: "Colour"},
			Help:  channels.Words{RU: "Цвет кнопки и сообщений, например #0f766e.", EN: "The colour of the button and messages, such as #0f766e."},
		},
		{
			Name: "position", Type: channels.FieldChoice, Default: "right", Options: []channels.Option{
				{Value: "left", Label: channels.Words{RU: "Слева", EN: "Left"}},
				{Value: "right", Label: channels.Words{RU: "Справа", EN: "Right"}},
			},
			Label: channels.Words{RU: "Положение", EN: "Position"},
			Help:  channels.Words{RU: "В каком нижнем углу страницы стоит кнопка.", EN: "The bottom corner of the page where the button stands."},
		},
		{
			Name: "languages", Type: channels.FieldList, Default: "ru,en,ar", Options: []channels.Option{
				{Value: "ru", Label: channels.Words{RU: "Русский", EN: "Russian"}},
				{Value: "en", Label: channels.Words{RU: "Английский", EN: "English"}},
				{Value: "ar", Label: channels.Words{RU: "Арабский", EN: "Arabic"}},
			},
			Label: channels.Words{RU: "Языки", EN: "Languages"},
			Help:  channels.Words{RU: "На каких языках говорит чат; первый — для всех остальных.", EN: "The languages the chat speaks; the first one serves everybody else."},
		},
		{
			Name: "sites", Type: channels.FieldList,
			Label: channels.Words{RU: "Сайты", EN: "Sites"},
			Help:  channels.Words{RU: "Где разрешено встраивать чат, например shop.ru, *.shop.ru или https://shop.ru. Пусто — где угодно.", EN: "Where the chat may be embedded, such as shop.com, *.shop.com or https://shop.com. Empty means anywhere."},
		},
		{
			Name: "pre_chat", Type: channels.FieldList, Options: []channels.Option{
				{Value: "name", Label: channels.Words{RU: "Имя", EN: "Name"}},
				{Value: "email", Label: channels.Words{RU: "Эл. почта", EN: "Email"}},
				{Value: "phone", Label: channels.Words{RU: "Телефон", EN: "Phone"}},
			},
			Label: channels.Words{RU: "Спросить до начала", EN: "Ask first"},
			Help:  channels.Words{RU: "Что посетитель указывает перед первым сообщением.", EN: "What visitors state before their first message."},
		},
		{
			Name: "identity_secret", Type: channels.FieldSecret,
			Label: channels.Words{RU: "Ключ подписи пользователей", EN: "Identity secret"},
			Help:  channels.Words{RU: "Им сайт подписывает своих вошедших пользователей: HMAC-SHA256 от их id, шестнадцатеричный.", EN: "With it the site signs its signed-in users: HMAC-SHA256 of their id, in hex."},
		},
	}
}

// Open implements channels.Driver.
func (d *Driver) Open(acct channels.Account, _ channels.Env) (channels.Adapter, error) {
	config, err := parseConfig(acct)
	if err != nil {
		return nil, err
	}
	return &Account{id: acct.ID, config: config, identity: []byte(acct.Config["identity_secret"]), typing: d.typing}, nil
}
