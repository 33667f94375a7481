package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// setting is one flag and its environment variable.
type setting struct {
	flag    string // "" when only the environment sets it, as for secrets
	env     string
	initial string
	usage   string
	read    func(c *Config, text string) error
}

// settings lists every one in the order of the usage text.
func settings() []setting {
	return []setting{
		{"listen", "PARLEY_LISTEN", "127.0.0.1:8080", "address of the HTTP server", readListen},
		{"data", "PARLEY_DATA", "./data", "folder for the database, files and the key", readData},
		{"database", "PARLEY_DATABASE", "", "postgres://user:password@host/name; empty is SQLite in the data folder", readDatabase},
		{"redis", "PARLEY_REDIS", "", "redis://host:6379/0; checked at the start, wakes other nodes sooner than they look", readRedis},
		{"blobs", "PARLEY_BLOBS", "", "folder of attachments, shared by all nodes; empty is blobs in the data folder", readBlobs},
		{"public-url", "PARLEY_PUBLIC_URL", "", "address people and networks use, such as https://chat.example.com", readPublicURL},
		{"log-level", "PARLEY_LOG_LEVEL", "info", "debug, info, warn or error", readLogLevel},
		{"log-format", "PARLEY_LOG_FORMAT", "text", "text or json", readLogFormat},
		{"", "PARLEY_SECRET_KEY", "", "64 hexadecimal digits; needed with PostgreSQL", readSecretKey},
		{"", "PARLEY_EGRESS_ALLOW", "", "networks that are not public but may be called, such as 10.0.0.0/8,127.0.0.1", readEgress},
	}
}

// Parse reads the arguments of "parley serve" and the environment. The error is
// flag.ErrHelp when help was asked for, and otherwise one *Error.
func Parse(args []string, env func(string) string) (Config, error) {
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	c, err := ParseWith(fs, args, env)
	if err != nil {
		return Config{}, err
	}
	if fs.NArg() > 0 {
		return Config{}, &Error{Problem: fmt.Sprintf("%q is not understood", fs.Arg(0)), Remedy: "see parley serve --help"}
	}
	return c, c.RequireKey()
}

// ParseWith is Parse for a command with flags of its own, which fs already
// holds. It allows arguments after the flags, and no secret key.
func ParseWith(fs *flag.FlagSet, args []string, env func(string) string) (Config, error) {
	all := settings()
	values := make([]string, len(all))
	for i, s := range all {
		values[i] = s.initial
		if v := env(s.env); v != "" {
			values[i] = v
		}
		if s.flag != "" {
			fs.StringVar(&values[i], s.flag, values[i], s.usage)
		}
	}
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return Config{}, err
		}
		return Config{}, &Error{Problem: err.Error(), Remedy: "see parley " + fs.Name() + " --help"}
	}
	var c Config
	for i, s := range all {
		if err := s.read(&c, strings.TrimSpace(values[i])); err != nil {
			var e *Error
			if errors.As(err, &e) {
				e.Flag, e.Env = s.flag, s.env
			}
			return Config{}, err
		}
	}
	return c, nil
}

// Usage describes every flag and variable, for --help.
func Usage() string {
	var b strings.Builder
	for _, s := range settings() {
		name := "  (environment only)"
		if s.flag != "" {
			name = "  --" + s.flag
		}
		fmt.Fprintf(&b, "%-22s %-20s %s", name, s.env, s.usage)
		if s.initial != "" {
			fmt.Fprintf(&b, " (%s)", s.initial)
		}
		b.WriteString("\n")
	}
	return b.String()
}
