package whatsapp

import (
	"time"

	"parley/channels"
)

// Driver opens WhatsApp accounts. The zero value is ready.
type Driver struct {
	// Watch is how often an account looks whether its token still holds; 0 = ten minutes.
	Watch time.Duration
}

var _ channels.Driver = (*Driver)(nil)

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindWhatsApp }

// Title names the network for people.
func (*Driver) Title() channels.Words { return words("WhatsApp", "WhatsApp") }

// Open implements channels.Driver.
func (d *Driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	s, err := parse(acct.Config)
	if err != nil {
		return nil, err
	}
	watch := d.Watch
	if watch <= 0 {
		watch = 10 * time.Minute
	}
	return &Account{
		env: env, settings: s, watch: watch,
		graph:  newGraph(channels.Unhurried(env.HTTP), s),
		reader: reader{account: acct.ID, number: s.number, mark: mark{key: env.Key}},
		mark:   mark{key: env.Key},
		forms:  forms{known: map[string]form{}},
		recent: recent{last: map[string]string{}},
	}, nil
}
