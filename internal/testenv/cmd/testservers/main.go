package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"parley/internal/testenv"
)

func main() {
	fsync := flag.String("fsync", string(testenv.Fast), "whether PostgreSQL forces commits to the disk: on or off")
	flag.Parse()
	args := flag.Args()
	if len(args) < 3 || args[0] != "run" || args[1] != "--" || (*fsync != "on" && *fsync != "off") {
		fmt.Fprintln(os.Stderr, "usage: testservers [-fsync on|off] run -- COMMAND [ARGUMENT]...")
		os.Exit(2)
	}
	status, err := run(testenv.Durability(*fsync), args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "testservers:", err)
	}
	os.Exit(status)
}

// run returns the exit status to end with; the error, if any, is to be shown.
func run(d testenv.Durability, argv []string) (status int, err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, os.Environ()
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 30 * time.Second

	server, err := testenv.StartPostgres(ctx, d)
	switch {
	case err == nil:
		cmd.Env = append(cmd.Env, testenv.PostgresVariable+"="+server.URL(), testenv.DurabilityVariable+"="+string(d))
		defer func() { err = errors.Join(err, server.Stop()) }()
	case errors.Is(err, testenv.ErrNotInstalled) && !testenv.Required():
		fmt.Fprintln(os.Stderr, "testservers: going on without a server:", err)
	default:
		return 2, err
	}

	err = cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() >= 0 {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}
