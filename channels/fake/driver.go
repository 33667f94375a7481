package fake

import (
	"slices"

	"parley/channels"
)

// The modes in which an account hears of updates.
const (
	ModePoll = "poll"
	ModePush = "push"
)

// Driver opens accounts on one network.
type Driver struct{ network *Network }

var _ channels.Driver = (*Driver)(nil)

// NewDriver returns the driver of a network.
func NewDriver(n *Network) *Driver { return &Driver{network: n} }

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindFake }

// Title names the network for people.
func (*Driver) Title() channels.Words {
	return channels.Words{RU: "Учебная сеть", EN: "Practice network"}
}

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	return []channels.Field{
		{
			Name: "token", Type: channels.FieldSecret, Required: true,
			Label: channels.Words{RU: "Токен", EN: "Token"},
		},
		{
			Name: "mode", Type: channels.FieldChoice, Default: ModePoll, Options: []channels.Option{
				{Value: ModePoll, Label: channels.Words{RU: "Опрос", EN: "Polling"}},
				{Value: ModePush, Label: channels.Words{RU: "Запросы сети", EN: "Requests of the network"}},
			},
			Label: channels.Words{RU: "Получение", EN: "Receiving"},
			Help:  channels.Words{RU: "Опрашивать сеть или ждать её запросов.", EN: "Ask the network, or wait for its requests."},
		},
		{
			Name: "secret", Type: channels.FieldSecret, Required: true,
			Label: channels.Words{RU: "Ключ подписи", EN: "Signing secret"},
			Help:  channels.Words{RU: "Им сеть подписывает свои запросы.", EN: "The network signs its requests with it."},
			When:  channels.Condition{Field: "mode", Values: []string{ModePush}},
		},
	}
}

// Open implements channels.Driver.
func (d *Driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	config := channels.OnlyApplying(d.Fields(), acct.Config)
	a := account{
		network: d.network, env: env, id: acct.ID, limits: d.network.profile.limits(),
		token: config["token"], mode: config["mode"], secret: config["secret"],
	}
	if a.mode == "" {
		a.mode = ModePoll
	}
	switch {
	case a.token == "":
		return nil, &channels.ConfigError{Field: "token", RU: "Введите токен.", EN: "Enter the token."}
	case !slices.Contains([]string{ModePoll, ModePush}, a.mode):
		return nil, &channels.ConfigError{Field: "mode", RU: "Выберите poll или push.", EN: "Choose poll or push."}
	case a.mode == ModePush && a.secret == "":
		return nil, &channels.ConfigError{Field: "secret", RU: "Введите ключ подписи.", EN: "Enter the signing secret."}
	}
	if d.network.profile.Rich {
		return &rich{a}, nil
	}
	return &a, nil
}
