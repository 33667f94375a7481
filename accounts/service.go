package accounts

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/internal/secret"
)

// Runner hears of changes at once, before they are noticed in the database.
type Runner interface {
	Apply(row Row)
	Forget(id channels.AccountID)
	// Adapter returns an account's adapter as it runs, if it does.
	Adapter(id channels.AccountID) (channels.Adapter, bool)
	// Serving tells whether an account's adapter may be running on this node.
	Serving(id channels.AccountID) bool
	// Sending hears whether an account can send; nil says that it can.
	Sending(id channels.AccountID, e *channels.Error)
}

// Service manages accounts. Whether the viewer may is for its caller to know; which
// accounts they see is not.
type Service struct {
	store  Store
	opener opener
	runner Runner
	teams  func(ctx context.Context, id int64) (bool, error)
	now    func() time.Time
	log    *slog.Logger
	states loginStates
}

// Options of a Service.
type Options struct {
	Store   Store
	Drivers Drivers
	Box     *secret.Box
	Env     channels.Env
	Runner  Runner                                            // nil where nothing runs
	Teams   func(ctx context.Context, id int64) (bool, error) // whether a team exists; nil = not asked
}

// New returns a Service.
func New(o Options) *Service {
	s := &Service{
		store: o.Store, opener: newOpener(o.Store, o.Drivers, o.Box, o.Env), runner: o.Runner,
		teams: o.Teams, now: o.Env.Now, log: o.Env.Log, states: newLoginStates(o.Box),
	}
	if s.runner == nil {
		s.runner = nobody{}
	}
	return s
}

// nobody runs nothing.
type nobody struct{}

func (nobody) Apply(Row) {}

func (nobody) Forget(channels.AccountID) {}

func (nobody) Serving(channels.AccountID) bool { return false }

func (nobody) Sending(channels.AccountID, *channels.Error) {}

func (nobody) Adapter(channels.AccountID) (channels.Adapter, bool) { return nil, false }

// Kinds describes the networks that can be connected.
func (s *Service) Kinds() []Kind { return s.opener.drivers.Kinds() }

// List returns the accounts that the viewer may see, without archived ones, by id.
func (s *Service) List(ctx context.Context, v actor.Viewer) ([]Account, error) {
	rows, err := s.store.Accounts(ctx, v, false)
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	list := make([]Account, 0, len(rows))
	for _, row := range rows {
		list = append(list, s.opener.open(row).account)
	}
	return list, nil
}

// Get returns one account that the viewer may see, archived or not.
func (s *Service) Get(ctx context.Context, v actor.Viewer, id channels.AccountID) (Account, error) {
	row, err := s.row(ctx, v, id)
	if err != nil {
		return Account{}, err
	}
	return s.opener.open(row).account, nil
}

func (s *Service) row(ctx context.Context, v actor.Viewer, id channels.AccountID) (Row, error) {
	row, found, err := s.store.Account(ctx, v, id)
	if err != nil {
		return Row{}, fmt.Errorf("read account: %w", err)
	}
	if !found {
		return Row{}, ErrNotFound
	}
	return row, nil
}

// Create connects an account. Its faults name the fields that are wrong.
func (s *Service) Create(ctx context.Context, v actor.Viewer, d Draft) (Account, error) {
	driver, ok := s.opener.drivers.find(d.Kind)
	if !ok {
		return Account{}, unknownKind()
	}
	var wrong fault.Collector
	name := checkName(&wrong, d.Name)
	if err := s.checkTeam(ctx, &wrong, d.TeamID); err != nil {
		return Account{}, err
	}
	set, err := settings{}.change(driver.Fields(), d.Config)
	if err := firstOf(wrong.Merge(err), wrong.Err()); err != nil {
		return Account{}, err
	}
	id, err := s.store.NextID(ctx)
	if err != nil {
		return Account{}, fmt.Errorf("create account: %w", err)
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	row := Row{Account: Account{
		ID: channels.AccountID(id), Kind: d.Kind, Name: name, TeamID: d.TeamID,
		State: channels.StateConnecting, CreatedAt: now, UpdatedAt: now, Version: 1,
	}}
	row.SealedHook, row.HookHash = s.opener.vault.newHook(row.ID)
	if err := s.keep(&row, driver, set); err != nil {
		return Account{}, err
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.checkSingular(ctx, &row, whom{}); err != nil {
			return err
		}
		return s.store.InsertAccount(ctx, row, v.Cause)
	})
	if err != nil {
		return Account{}, fmt.Errorf("create account: %w", err)
	}
	s.runner.Apply(row)
	return s.opener.open(row).account, nil
}

// keep lets the driver look at the settings and puts them into the row.
func (s *Service) keep(row *Row, driver channels.Driver, set settings) (err error) {
	if _, err := s.opener.adapter(driver, row.Account, set); err != nil {
		return refusal(err)
	}
	row.Config = set.open
	row.SealedSecrets, err = s.opener.vault.sealSecrets(row.ID, set.secrets)
	return err
}

// maxName bounds an account's name, in characters.
const maxName = 100

func checkName(wrong *fault.Collector, name string) string {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		wrong.Add("name", "required", fault.T("Назовите канал.", "Give the account a name."))
	case utf8.RuneCountInString(name) > maxName:
		wrong.Add("name", "too_long", fault.T("Не длиннее 100 знаков.", "At most 100 characters."))
	case !utf8.ValidString(name) || strings.ContainsRune(name, 0):
		wrong.Add("name", "malformed", fault.T("Уберите нулевые и повреждённые знаки.", "Remove NUL and broken characters."))
	}
	return name
}

func (s *Service) checkTeam(ctx context.Context, wrong *fault.Collector, id int64) error {
	if id == 0 || s.teams == nil {
		return nil
	}
	found, err := s.teams(ctx, id)
	if err != nil {
		return fmt.Errorf("find team: %w", err)
	}
	if !found {
		wrong.Add("team_id", "unknown", fault.T("Такой группы нет.", "There is no such team."))
	}
	return nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
