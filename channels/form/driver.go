package form

import "parley/channels"

// Driver opens forms.
type Driver struct{}

var _ channels.Driver = (*Driver)(nil)

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindForm }

// Title names the network for people.
func (*Driver) Title() channels.Words { return words("Форма на сайте", "Site form") }

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	return []channels.Field{
		{
			Name: "title", Type: channels.FieldText,
			Label: words("Заголовок", "Title"),
			Help:  words("Стоит над формой и становится темой обращения. Если пусто, берётся название канала.", "Stands above the form and becomes the subject. When empty, the channel's name is taken."),
		},
		{
			Name: "fields", Type: channels.FieldList, Default: defaultInputs,
			Label: words("Поля формы", "Fields"),
			Help: words("name, phone, email, message или свои названия; звёздочка отмечает обязательные: phone*. Другие поля своей вёрстки принимаются и так.",
				"name, phone, email, message or names of your own; an asterisk marks what is required: phone*. Other fields of your own markup are taken as well."),
		},
		{
			Name: "button", Type: channels.FieldText,
			Label: words("Надпись на кнопке", "Button"),
			Help:  words("Если пусто — «Отправить».", "When empty: “Send”."),
		},
		{
			Name: "thanks", Type: channels.FieldText,
			Label: words("Слова благодарности", "Words of thanks"),
			Help:  words("Что прочтёт человек, когда форма отправлена.", "What people read when the form is sent."),
		},
		{
			Name: "redirect_url", Type: channels.FieldText,
			Label: words("Куда перейти после отправки", "Where to go afterwards"),
			Help:  words("Адрес вашей страницы; если пусто — показываются слова благодарности.", "The address of a page of yours; when empty the words of thanks are shown."),
		},
		{
			Name: "color", Type: channels.FieldColor, Default: "#0f766e",
			Label: words("Цвет", "Colour"),
			Help:  words("Цвет кнопки, например #0f766e.", "The colour of the button, such as #0f766e."),
		},
		{
			Name: "language", Type: channels.FieldChoice, Default: "ru", Options: []channels.Option{
				{Value: "ru", Label: words("Русский", "Russian")}, {Value: "en", Label: words("Английский", "English")}, {Value: "ar", Label: words("Арабский", "Arabic")},
			},
			Label: words("Язык", "Language"),
			Help:  words("На каком языке подписи формы.", "The language of the form's labels."),
		},
		{
			Name: "region", Type: channels.FieldText, Default: "RU",
			Label: words("Страна телефонов", "Country of phone numbers"),
			Help:  words("Две буквы: где набран номер без кода страны.", "Two letters: where a number without a country code was dialled."),
		},
		{
			Name: "sites", Type: channels.FieldList,
			Label: words("Сайты", "Sites"),
			Help: words("Откуда принимать форму, например shop.ru, *.shop.ru или https://shop.ru. Пусто — откуда угодно.",
				"Where the form may come from, such as shop.com, *.shop.com or https://shop.com. Empty means anywhere."),
		},
	}
}

// Open implements channels.Driver.
func (*Driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	config, err := parseConfig(acct)
	if err != nil {
		return nil, err
	}
	return &Account{id: acct.ID, config: config, env: env, recent: newRecent(repeatWithin, maxRecent)}, nil
}

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }
