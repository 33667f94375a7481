package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"parley/internal/auth"
	"parley/internal/config"
	"parley/internal/secret"
	"parley/internal/store"
)

// Base is what every command needs: the migrated database and the key that fits it.
type Base struct {
	Config config.Config
	Log    *slog.Logger
	Store  *store.DB
	Box    *secret.Box
	Auth   *auth.Service
	Now    func() time.Time
}

// settingKeyCheck holds what tells a wrong secret key.
const settingKeyCheck = "key_check"

// OpenBase opens the database and migrates it. A *config.Error means that the person
// who started the program can mend it.
func OpenBase(ctx context.Context, cfg config.Config, log *slog.Logger, observe store.Observer) (*Base, error) {
	if err := cfg.RequireKey(); err != nil {
		return nil, err
	}
	if err := makeData(cfg.Data); err != nil {
		return nil, err
	}
	db, err := openStore(ctx, cfg, log, observe)
	if err != nil {
		return nil, err
	}
	b := &Base{Config: cfg, Log: log, Store: db, Now: clock()}
	if err := b.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return b, nil
}

func makeData(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "cannot be used: " + reason(err), Remedy: "name a folder that can be written"}
	}
	return nil
}

func openStore(ctx context.Context, cfg config.Config, log *slog.Logger, observe store.Observer) (*store.DB, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	db, err := store.Open(ctx, store.Options{URL: cfg.Database.Reveal(), Dir: cfg.Data, Log: log, Stat: observe})
	if err == nil {
		return db, nil
	}
	if cfg.SQLite() {
		return nil, &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "holds a database that cannot be opened: " + err.Error(), Remedy: "check the folder's rights and free space"}
	}
	return nil, &config.Error{Flag: "database", Env: "PARLEY_DATABASE", Problem: "cannot be reached: " + lastLine(err), Remedy: "check the address, the password and that PostgreSQL runs"}
}

// prepare migrates, opens the key and checks that it is the one the database knows.
func (b *Base) prepare(ctx context.Context) error {
	if err := b.Store.Migrate(ctx); err != nil {
		return schemaProblem(b.Config, fmt.Errorf("prepare database: %w", err))
	}
	if err := b.Store.ReserveIDs(ctx); err != nil {
		return err
	}
	known, found, err := b.Store.Setting(ctx, settingKeyCheck)
	if err != nil {
		return err
	}
	if err := b.openKey(found); err != nil {
		return err
	}
	if !found {
		if known, err = b.Store.ClaimSetting(ctx, settingKeyCheck, b.Box.CheckValue()); err != nil {
			return err
		}
	}
	if err := b.checkKey(known); err != nil {
		return err
	}
	b.Auth = auth.New(auth.Options{Store: b.Store, NextID: b.Store.NextID, Now: b.Now, Log: b.Log})
	return nil
}

// schemaProblem says what can be done about a database that this program must not use;
// other errors pass.
func schemaProblem(cfg config.Config, err error) error {
	wrong := &config.Error{Flag: "database", Env: "PARLEY_DATABASE"}
	if cfg.SQLite() {
		wrong = &config.Error{Flag: "data", Env: "PARLEY_DATA"}
	}
	switch {
	case errors.Is(err, store.ErrNewer):
		wrong.Problem, wrong.Remedy = "cannot be used: "+err.Error(), "run that version, or restore a backup from before the upgrade into an empty place"
	case errors.Is(err, store.ErrUnfinished):
		wrong.Problem, wrong.Remedy = "holds half of a restore that was broken off", "run parley restore again"
	default:
		return err
	}
	return wrong
}

// checkKey compares the key with what the database knows of it.
func (b *Base) checkKey(known string) error {
	if b.Box.Verify(known) == nil {
		return nil
	}
	return &config.Error{Env: "PARLEY_SECRET_KEY", Problem: "is not the key that this database was set up with",
		Remedy: "give the first one back; without it the stored passwords and tokens cannot be opened"}
}

// openKey takes the key from the environment or, on SQLite, from its file. A database
// that knows a key is never given a new one.
func (b *Base) openKey(known bool) error {
	key := b.Config.SecretKey
	if !b.Config.HasSecretKey {
		path := b.Config.KeyFile()
		if _, err := os.Stat(path); known && errors.Is(err, os.ErrNotExist) {
			return &config.Error{Env: "PARLEY_SECRET_KEY", Problem: "is not set, and the data folder's secret.key is gone", Remedy: "give the first key back"}
		}
		made := false
		var err error
		if key, made, err = secret.LoadOrCreate(path); err != nil {
			return &config.Error{Env: "PARLEY_SECRET_KEY", Problem: "is not set, and secret.key cannot be used: " + reason(err), Remedy: "check the data folder's rights"}
		}
		if made {
			b.Log.Warn("a secret key was made; keep a copy of it: without it a backup cannot be opened", "file", "secret.key in the data folder")
		}
	}
	b.Box = secret.New(key)
	return nil
}

// Close closes the database.
func (b *Base) Close() error { return b.Store.Close() }

// lastLine is the most exact part of an error that lists its attempts line by line.
func lastLine(err error) string {
	text := strings.TrimSpace(err.Error())
	return strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}

// reason is an error without the path that the person has just typed.
func reason(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
