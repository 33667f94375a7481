package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"parley/internal/app"
	"parley/internal/config"
)

// drainTime is how long requests in progress may take after the signal to stop. With
// what the rooms below need, the whole end takes at most 10 s.
const drainTime = 4 * time.Second

// serve runs the server until it is told to stop, then drains it.
func serve(ctx context.Context, sh *shell) error {
	cfg, err := config.Parse(sh.args, sh.env)
	if err != nil {
		return err
	}
	log := sh.log(cfg)
	a, err := app.New(ctx, app.Options{Config: cfg, Log: log, Version: version})
	if err != nil {
		return err
	}
	needsSetup, err := a.Auth.NeedsSetup(ctx)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	address, err := a.Start(ctx)
	if err != nil {
		return err
	}
	if needsSetup {
		fmt.Fprintf(sh.out, "Parley is ready. Open %s/setup to begin.\n", address)
	} else {
		fmt.Fprintf(sh.out, "Parley is ready at %s\n", address)
	}
	forgetStart()
	select {
	case <-ctx.Done():
	case err = <-a.Failed():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if stopErr := a.Stop(drain); err == nil {
		err = stopErr
	}
	return err
}

// forgetStart gives back what only the start needed, half of the heap. It collects twice
// because pools let go at the second time.
func forgetStart() {
	runtime.GC()
	debug.FreeOSMemory()
}

func migrate(ctx context.Context, sh *shell) error {
	cfg, err := sh.parse(newFlags("migrate"), 0)
	if err != nil {
		return err
	}
	b, err := sh.base(ctx, cfg)
	if err != nil {
		return err
	}
	fmt.Fprintln(sh.out, "the database is up to date")
	return b.Close()
}

func printVersion(_ context.Context, sh *shell) error {
	if len(sh.args) > 0 && asksHelp(sh.args[0]) {
		return flag.ErrHelp
	}
	if len(sh.args) > 0 { // settings are not read: a version can always be told
		return &config.Error{Problem: fmt.Sprintf("%q is not understood", sh.args[0]), Remedy: "see parley help"}
	}
	fmt.Fprintln(sh.out, "parley", version)
	return nil
}

// doctor checks what a server would need, or asks a running one.
func doctor(ctx context.Context, sh *shell) error {
	fs := newFlags("doctor")
	target := fs.String("url", "", "a running server to ask instead")
	cfg, err := sh.parse(fs, 0)
	if err != nil {
		return err
	}
	if *target != "" {
		return askReady(ctx, sh, *target)
	}
	b, err := sh.base(ctx, cfg)
	if err != nil {
		return err
	}
	defer b.Close()
	if err := b.Store.Ready(ctx); err != nil {
		return fmt.Errorf("the database cannot store: %w", err)
	}
	fmt.Fprintf(sh.out, "settings, database (%s) and secret key are in order\n", b.Store.Engine())
	return nil
}

func askReady(ctx context.Context, sh *shell, target string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target+"/readyz", nil)
	if err != nil {
		return &config.Error{Flag: "url", Problem: "is not an address", Remedy: "write it like http://127.0.0.1:8080"}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		fmt.Fprintf(sh.err, "parley doctor: the server does not answer: %v\n", err)
		return errFailed
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		fmt.Fprintf(sh.err, "parley doctor: the server is not ready: status %d\n", resp.StatusCode)
		return errFailed
	}
	fmt.Fprintln(sh.out, "the server is ready")
	return nil
}
