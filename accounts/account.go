package accounts

import (
	"time"

	"parley/channels"
	"parley/internal/secret"
)

// Account is a connected account of a channel as it may be shown. Treat its maps and
// lists as immutable.
type Account struct {
	ID   channels.AccountID
	Kind channels.Kind
	Name string
	// Config holds the open values, with defaults where nothing was given: strings,
	// float64, bool and []string. Secrets are never in it.
	Config map[string]any
	// Secrets names the secret fields that have a value, in the order of the fields.
	Secrets []string
	// TeamID is the team that new conversations go to; 0 = none.
	TeamID   int64
	Paused   bool
	Archived bool // kept for its conversations alone
	State    channels.StateName
	Error    Problem
	// Progress of reading what was there before the account; zero when nothing is read.
	Progress channels.Progress
	// HookPath is where the network pushes, below the public URL; empty for networks
	// that do not. It is a secret because whoever knows it can knock.
	HookPath  secret.String
	CreatedAt time.Time
	UpdatedAt time.Time
	// Version counts the changes by people; changes of State do not count.
	Version int64
}

// Problem is what is wrong with an account; the zero value is nothing. Code is for
// machines, Text for people, in English, and RU in Russian where that is known; none
// holds secrets.
type Problem struct {
	Code string
	Text string
	RU   string
}

// Health is how an account is, as its adapter reports it.
type Health struct {
	State    channels.StateName
	Error    Problem
	Progress channels.Progress
}

// Active tells whether the account should be connected.
func (a Account) Active() bool { return !a.Paused && !a.Archived }

// Row is an account as it is stored: Config holds what was given and nothing else,
// Secrets and HookPath are empty, and what is secret is sealed.
type Row struct {
	Account
	SealedSecrets []byte // JSON of the secret values by field name; empty = none
	SealedHook    []byte // the secret part of the webhook's path
	HookHash      string // its SHA-256, hex
	// RemoteKey stands for what the account is at its network; no two that are not archived have the same. "" = unknown,
	// or archived.
	RemoteKey string
}

// Draft is a new account. Config values are as JSON has them.
type Draft struct {
	Kind   channels.Kind
	Name   string
	Config map[string]any
	TeamID int64
}

// Patch changes an account; nil leaves as it is. Config names the values to change
// alone: a null takes a value away, and an empty secret or its mask leaves the secret.
type Patch struct {
	Name     *string
	Config   map[string]any
	TeamID   *int64
	Archived *bool // true: kept for its conversations alone; false: brought back, as it was
}
