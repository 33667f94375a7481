package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // a container has none, and schedules and invitations name zones

	"parley/internal/config"
)

// version is set when the program is linked.
var version = "dev"

// Exit statuses: 1 is a result that is not good, 2 a call or a service that is wrong.
const (
	statusBad   = 1
	statusUsage = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, &shell{args: os.Args[1:], env: os.Getenv, in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(code)
}

// shell is what a command was started with.
type shell struct {
	args []string
	env  func(string) string
	in   io.Reader
	out  io.Writer
	err  io.Writer
}

// command is one sub-command. Its name may have two words.
type command struct {
	name    string
	usage   string
	summary string
	run     func(ctx context.Context, sh *shell) error
}

func commands() []command {
	return []command{
		{"serve", "serve [flags]", "run the server", serve},
		{"migrate", "migrate [flags]", "bring the database to this version", migrate},
		{"doctor", "doctor [flags] [--url URL]", "check settings, database and key; with --url, a running server", doctor},
		{"version", "version", "print the version", printVersion},
		{"admin create", "admin create --email E --name N [--password-stdin]", "make an administrator", adminCreate},
		{"admin reset", "admin reset --email E", "print a link that sets a new password", adminReset},
		{"apikey create", "apikey create --name N [--scope S]...", "make an API key and print it", apikeyCreate},
		{"backup", "backup FILE", "write a copy of database, files and key", backup},
		{"restore", "restore FILE", "put a backup into an empty data folder", restore},
		{"reindex", "reindex [flags]", "have the search index made anew", reindex},
		{"load seed", "load seed --conversations N --messages M", "fill the database with plausible data", loadSeed},
		{"load run", "load run [--rate R] [--for 30s] [--kind chat|custom] [--journal FILE]", "load a running server", loadRun},
		{"load verify", "load verify --journal FILE", "compare a journal with the store", loadVerify},
	}
}

// errFailed ends a command that has said already what is wrong.
var errFailed = errors.New("failed")

func run(ctx context.Context, sh *shell) int {
	cmd, rest := find(sh.args)
	if cmd == nil {
		if len(sh.args) == 0 || sh.args[0] == "help" || asksHelp(sh.args[0]) {
			usage(sh.out)
			return 0
		}
		fmt.Fprintf(sh.err, "parley: %q is not a command; see parley help\n", attempted(sh.args))
		return statusUsage
	}
	sh.args = rest
	err := cmd.run(ctx, sh)
	var wrong *config.Error
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFailed):
		return statusBad
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(sh.out, "parley %s\n\n%s", cmd.usage, config.Usage())
		return 0
	case errors.As(err, &wrong):
		fmt.Fprintf(sh.err, "parley %s: %v\n", cmd.name, wrong)
		return statusUsage
	default:
		fmt.Fprintf(sh.err, "parley %s: %s\n", cmd.name, strings.ReplaceAll(err.Error(), "\n", "; "))
		return statusUsage
	}
}

// find returns the command that the arguments name, and what follows.
func find(args []string) (*command, []string) {
	for _, c := range commands() {
		words := len(split(c.name))
		if len(args) >= words && c.name == join(args[:words]) {
			return &c, args[words:]
		}
	}
	return nil, nil
}

// attempted is what somebody took for a command: two words, unless one is a flag.
func attempted(args []string) string {
	if len(args) == 1 || strings.HasPrefix(args[0], "-") || strings.HasPrefix(args[1], "-") {
		return args[0]
	}
	return join(args[:2])
}

func asksHelp(arg string) bool { return arg == "--help" || arg == "-help" || arg == "-h" }

func usage(w io.Writer) {
	fmt.Fprintf(w, "Parley %s: every message in one inbox.\n\n", version)
	for _, c := range commands() {
		fmt.Fprintf(w, "  parley %-66s %s\n", c.usage, c.summary)
	}
	fmt.Fprintf(w, "\nEvery command takes these flags, or environment variables:\n\n%s", config.Usage())
}
