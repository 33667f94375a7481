package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"strings"

	"parley/internal/app"
	"parley/internal/config"
	"parley/internal/telemetry"
)

func split(name string) []string         { return strings.Fields(name) }
func join(words []string) string         { return strings.Join(words, " ") }
func newFlags(name string) *flag.FlagSet { return flag.NewFlagSet(name, flag.ContinueOnError) }

// parse reads the command's own flags together with the common ones. Arguments after
// the flags are refused unless the command takes one.
func (sh *shell) parse(fs *flag.FlagSet, arguments int) (config.Config, error) {
	cfg, err := config.ParseWith(fs, sh.args, sh.env)
	if err != nil {
		return cfg, err
	}
	if fs.NArg() != arguments {
		if fs.NArg() > arguments {
			return cfg, &config.Error{Problem: fmt.Sprintf("%q is not understood", fs.Arg(arguments)), Remedy: "see parley help"}
		}
		return cfg, &config.Error{Problem: "a file name is missing", Remedy: "see parley help"}
	}
	return cfg, nil
}

// base opens the database for a command that works beside the server.
func (sh *shell) base(ctx context.Context, cfg config.Config) (*app.Base, error) {
	return app.OpenBase(ctx, cfg, sh.log(cfg), nil)
}

func (sh *shell) log(cfg config.Config) *slog.Logger {
	return telemetry.NewLogger(sh.err, cfg.LogLevel, cfg.LogJSON)
}

// require refuses an empty flag.
func require(name, value string) error {
	if strings.TrimSpace(value) == "" {
		return &config.Error{Flag: name, Problem: "is missing", Remedy: "give it a value"}
	}
	return nil
}

// list collects a flag that may be given several times.
type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(v string) error { *l = append(*l, v); return nil }
