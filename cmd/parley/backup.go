package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"parley/internal/app"
	"parley/internal/config"
)

// backup writes a copy of everything into a new file, beside a running server.
func backup(ctx context.Context, sh *shell) error {
	fs := newFlags("backup")
	cfg, err := sh.parse(fs, 1)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(fs.Arg(0), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return &config.Error{Problem: "the backup cannot be written: " + err.Error(), Remedy: "name a new file"}
	}
	err = errors.Join(app.Backup(ctx, cfg, sh.log(cfg), f, version), f.Sync(), f.Close())
	if err != nil {
		return errors.Join(err, os.Remove(fs.Arg(0)))
	}
	fmt.Fprintf(sh.out, "backup written to %s; it holds every message and, if the data folder has one, the secret key: keep it safe\n", fs.Arg(0))
	return nil
}

// restore puts a backup into an empty installation.
func restore(ctx context.Context, sh *shell) error {
	fs := newFlags("restore")
	cfg, err := sh.parse(fs, 1)
	if err != nil {
		return err
	}
	f, err := os.Open(fs.Arg(0))
	if err != nil {
		return &config.Error{Problem: "the backup cannot be read: " + err.Error()}
	}
	defer f.Close()
	if err := app.Restore(ctx, cfg, f); err != nil {
		return err
	}
	fmt.Fprintln(sh.out, "the backup was restored")
	return nil
}
