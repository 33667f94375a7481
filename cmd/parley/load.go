package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"parley/channels"
	"parley/internal/config"
	"parley/internal/load"
)

// loadSeed fills the database with plausible data.
func loadSeed(ctx context.Context, sh *shell) error {
	fs := newFlags("load seed")
	conversations := fs.Int("conversations", 1000, "how many conversations")
	messages := fs.Int("messages", 10_000, "how many messages in all")
	cfg, err := sh.parse(fs, 0)
	if err != nil {
		return err
	}
	if *conversations < 1 || *messages < *conversations {
		return &config.Error{Flag: "messages", Problem: "is less than --conversations", Remedy: "give each conversation at least one"}
	}
	b, err := sh.base(ctx, cfg)
	if err != nil {
		return err
	}
	defer b.Close()
	accounts, err := b.EnsureWebchat(ctx)
	if err != nil {
		return err
	}
	teams, agents, err := b.SeedPeople(ctx)
	if err != nil {
		return err
	}
	begun, next := time.Now(), time.Now().Add(5*time.Second)
	err = load.Seed(ctx, b.Store, load.SeedOptions{
		Conversations: *conversations, Messages: *messages, Account: accounts, Kind: channels.KindWebchat,
		Teams: teams, Agents: agents, Now: b.Now(),
		Progress: func(c, m int) {
			if time.Now().After(next) {
				fmt.Fprintf(sh.err, "%d conversations, %d messages\n", c, m)
				next = time.Now().Add(5 * time.Second)
			}
		},
	})
	if err != nil {
		return err
	}
	if err := b.Store.Analyze(ctx); err != nil {
		return err
	}
	if err := b.Reindex(ctx); err != nil { // what is seeded tells nobody
		return err
	}
	fmt.Fprintf(sh.out, "seeded %d conversations and %d messages in %.1f s\n", *conversations, *messages, time.Since(begun).Seconds())
	return nil
}

// loadRun loads a running server.
func loadRun(ctx context.Context, sh *shell) error {
	fs := newFlags("load run")
	o := load.RunOptions{}
	fs.Float64Var(&o.Rate, "rate", 0, "messages per second; 0 is as many as --clients in a closed loop get through")
	fs.DurationVar(&o.For, "for", 30*time.Second, "how long")
	fs.StringVar(&o.Kind, "kind", "chat", "what to send: chat, or custom for signed webhooks")
	fs.IntVar(&o.Clients, "clients", 8, "connections")
	fs.BoolVar(&o.Patient, "patient", false, "keep trying while the server is away")
	path := fs.String("journal", "", "file for what was acknowledged")
	if _, err := sh.parse(fs, 0); err != nil {
		return err
	}
	if o.Kind != "chat" && o.Kind != "custom" {
		return &config.Error{Flag: "kind", Problem: fmt.Sprintf("%q is not known", o.Kind), Remedy: "use chat or custom"}
	}
	if o.Rate < 0 || o.For <= 0 || o.Clients < 1 {
		return &config.Error{Problem: "--rate, --for and --clients are not all positive", Remedy: "leave them out for what is usual"}
	}
	if o.URL, o.Key = sh.env("PARLEY_URL"), sh.env("PARLEY_API_KEY"); o.URL == "" || o.Key == "" {
		return &config.Error{Env: "PARLEY_URL and PARLEY_API_KEY", Problem: "are not both set", Remedy: "name the server and a key made with: parley apikey create"}
	}
	if *path != "" {
		j, err := load.OpenJournal(*path)
		if err != nil {
			return &config.Error{Flag: "journal", Problem: "cannot be used: " + err.Error()}
		}
		o.Journal = j
	}
	result, err := load.Run(ctx, o)
	if o.Journal != nil {
		if cerr := o.Journal.Close(); err == nil {
			err = cerr
		}
	}
	fmt.Fprintln(sh.out, result)
	if err != nil {
		fmt.Fprintf(sh.err, "parley load run: %v\n", err)
		return errFailed
	}
	return nil
}

// loadVerify compares a journal with the store.
func loadVerify(ctx context.Context, sh *shell) error {
	fs := newFlags("load verify")
	path := fs.String("journal", "", "file that load run wrote")
	cfg, err := sh.parse(fs, 0)
	if err != nil {
		return err
	}
	if err := require("journal", *path); err != nil {
		return err
	}
	entries, err := load.ReadJournal(*path)
	if err != nil {
		return &config.Error{Flag: "journal", Problem: "cannot be read: " + err.Error()}
	}
	if len(entries) == 0 {
		return &config.Error{Flag: "journal", Problem: "holds nothing to check", Remedy: "name the file that load run wrote"}
	}
	if _, err := os.Stat(cfg.DatabaseFile()); cfg.SQLite() && err != nil {
		return &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "holds no database", Remedy: "name the data folder of the server that was loaded"}
	}
	b, err := sh.base(ctx, cfg)
	if err != nil {
		return err
	}
	defer b.Close()
	verdict, err := load.Verify(ctx, entries, b.Store)
	if err != nil {
		return err
	}
	fmt.Fprintln(sh.out, verdict)
	for _, f := range verdict.Findings {
		fmt.Fprintln(sh.out, f)
	}
	if !verdict.OK() {
		return errFailed
	}
	return nil
}
