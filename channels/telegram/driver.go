package telegram

import (
	"time"

	"parley/channels"
)

// Driver opens Telegram bots. The zero value can poll.
type Driver struct {
	// HookURL tells where the network reaches an account of ours; "" when nowhere. Of an account that is not
	// stored yet the host is enough. nil = nowhere.
	HookURL func(channels.AccountID) string
	// Tempo is how patient accounts are; zero = as usual.
	Tempo Tempo
}

// Tempo is how patient accounts are. Zero values are the ordinary ones.
type Tempo struct {
	Poll  time.Duration // how long a poll waits for news; whole seconds, 20 s
	Watch time.Duration // how often a webhook is looked after; a minute
}

var _ channels.Driver = (*Driver)(nil)

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindTelegram }

// Title names the network for people.
func (*Driver) Title() channels.Words { return words("Telegram", "Telegram") }

// The modes in which an account hears of updates.
const (
	ModePoll    = "poll"
	ModeWebhook = "webhook"
)

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	return []channels.Field{
		{
			Name: "token", Type: channels.FieldSecret, Required: true,
			Label: words("Токен бота", "Bot token"),
			Help:  words("Его выдаёт @BotFather: /newbot или /token.", "@BotFather gives it: /newbot or /token."),
		},
		{
			Name: "mode", Type: channels.FieldChoice, Default: ModePoll, Options: []channels.Option{
				{Value: ModePoll, Label: words("Опрос: мы спрашиваем Telegram", "Polling: we ask Telegram")},
				{Value: ModeWebhook, Label: words("Вебхук: Telegram обращается к нам", "Webhook: Telegram calls us")},
			},
			Label: words("Получение", "Receiving"),
			Help: words("Опрос работает везде. Вебхук требует, чтобы Parley был доступен из интернета по https.",
				"Polling works everywhere. A webhook needs Parley to be reachable from the internet by https."),
		},
		{
			Name: "base_url", Type: channels.FieldText, Default: defaultBase,
			Label: words("Адрес Bot API", "Address of the Bot API"),
			Help: words("Меняют для своего сервера Bot API или прокси.",
				"Changed for a Bot API server or a proxy of one's own."),
		},
	}
}

// Open implements channels.Driver.
func (d *Driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	s, err := parseConfig(acct.Config)
	if err != nil {
		return nil, err
	}
	return newAccount(acct.ID, s, d, env)
}

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }
