package config_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"parley/internal/config"
)

const key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

// parse reads flags in one string and variables as "NAME=value".
func parse(flags string, vars ...string) (config.Config, error) {
	env := map[string]string{}
	for _, v := range vars {
		name, value, _ := strings.Cut(v, "=")
		env["PARLEY_"+name] = value
	}
	return config.Parse(strings.Fields(flags), func(name string) string { return env[name] })
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	c, err := parse("")
	if err != nil {
		t.Fatal(err)
	}
	want := config.Config{Listen: "127.0.0.1:8080", Data: "data", Blobs: "data/blobs", PublicURL: "http://127.0.0.1:8080"}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("Parse = %+v, want %+v", c, want)
	}
	if !c.SQLite() || c.DatabaseFile() != "data/parley.db" || c.KeyFile() != "data/secret.key" {
		t.Errorf("files: %s, %s", c.DatabaseFile(), c.KeyFile())
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, flags string
		vars        []string
		check       func(c config.Config) bool
	}{
		{"flag", "--listen :9000", nil, func(c config.Config) bool { return c.Listen == ":9000" && c.PublicURL == "http://localhost:9000" }},
		{"variable", "", []string{"LISTEN=0.0.0.0:9000"}, func(c config.Config) bool { return c.PublicURL == "http://localhost:9000" }},
		{"flag wins", "--listen=:1", []string{"LISTEN=:2"}, func(c config.Config) bool { return c.Listen == ":1" }},
		{"empty variable", "", []string{"LISTEN="}, func(c config.Config) bool { return c.Listen == "127.0.0.1:8080" }},
		{"port 0", "--listen [::1]:0", nil, func(c config.Config) bool { return c.PublicURL == "http://[::1]:0" }},
		{"data", "--data /var/lib/parley/", nil, func(c config.Config) bool { return c.Blobs == "/var/lib/parley/blobs" }},
		{"blobs", "--blobs /mnt/shared", nil, func(c config.Config) bool { return c.Blobs == "/mnt/shared" }},
		{"public URL", "--public-url https://Chat.Example.com/", nil, func(c config.Config) bool { return c.PublicURL == "https://chat.example.com" }},
		{"postgres", "--database postgres://u:p@h/d --redis redis://h:6379/0", []string{"SECRET_KEY=" + key},
			func(c config.Config) bool {
				return !c.SQLite() && c.HasSecretKey && c.SecretKey.Reveal() == key && c.Redis.Reveal() == "redis://h:6379/0"
			}},
		{"postgres by a socket", "--database postgres:///d?host=/run/pg", []string{"SECRET_KEY=" + key}, func(c config.Config) bool { return !c.SQLite() }},
		{"egress", "", []string{"EGRESS_ALLOW=10.1.2.3/8, 192.168.1.5\nfd00::/8,::ffff:172.16.0.0/108"}, func(c config.Config) bool {
			return reflect.DeepEqual(c.EgressAllow, []netip.Prefix{
				netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.168.1.5/32"),
				netip.MustParsePrefix("fd00::/8"), netip.MustParsePrefix("172.16.0.0/12"),
			})
		}},
		{"log", "--log-level DEBUG --log-format json", nil, func(c config.Config) bool { return c.LogLevel == slog.LevelDebug && c.LogJSON }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := parse(c.flags, c.vars...)
			if err != nil || !c.check(got) {
				t.Errorf("Parse = %+v, %v", got, err)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, flags string
		vars        []string
		words       string // that the error must have, with blanks between
	}{
		{"port alone", "--listen 8080", nil, "--listen PARLEY_LISTEN 8080 host:port"},
		{"port by name", "--listen :http", nil, "--listen host:port"},
		{"port too high", "", []string{"LISTEN=:70000"}, "PARLEY_LISTEN :70000"},
		{"no folder", "--data=", nil, "--data PARLEY_DATA folder"},
		{"other database", "--database mysql://root:hunter2@h/d", nil, "--database PARLEY_DATABASE mysql postgres:// SQLite"},
		{"database in words", "--database host=h,password=hunter2", nil, "--database URL"},
		{"odd password", "--database postgres://u:hunter2%zz@h/d", nil, "--database %-escaped"},
		{"redis host alone", "--redis localhost:6379", nil, "--redis PARLEY_REDIS redis://"},
		{"S3", "--blobs s3://bucket", nil, "--blobs folder"},
		{"public path", "--public-url https://example.com/chat", nil, "--public-url PARLEY_PUBLIC_URL https://chat.example.com"},
		{"public user", "--public-url https://u:hunter2@example.com", nil, "--public-url"},
		{"short key", "", []string{"SECRET_KEY=hunter2"}, "PARLEY_SECRET_KEY 7 64 openssl"},
		{"no key", "--database postgres://u:hunter2@h/d", nil, "PARLEY_SECRET_KEY PostgreSQL openssl"},
		{"egress name", "", []string{"EGRESS_ALLOW=10.0.0.0/8,intranet"}, "PARLEY_EGRESS_ALLOW intranet"},
		{"egress mapped", "", []string{"EGRESS_ALLOW=::ffff:10.0.0.0/8"}, "PARLEY_EGRESS_ALLOW"},
		{"level", "--log-level loud", nil, "--log-level PARLEY_LOG_LEVEL debug"},
		{"format", "--log-format xml", nil, "--log-format json"},
		{"unknown flag", "--port 80", nil, "-port --help"},
		{"no value", "--listen", nil, "-listen --help"},
		{"extra word", "now", nil, "now --help"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := parse(c.flags, c.vars...)
			var e *config.Error
			if !errors.As(err, &e) {
				t.Fatalf("Parse: %v", err)
			}
			for _, w := range strings.Fields(c.words) {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q lacks %q", err, w)
				}
			}
			if strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%q has two lines or a password", err)
			}
		})
	}
}

func TestParseWith(t *testing.T) {
	t.Parallel()
	fs := flag.NewFlagSet("backup", flag.ContinueOnError)
	fast := fs.Bool("fast", false, "")
	c, err := config.ParseWith(fs, []string{"--fast", "--database", "postgres://h/d", "file.tar"}, func(string) string { return "" })
	if err != nil || !*fast || c.SQLite() || fs.Arg(0) != "file.tar" {
		t.Errorf("ParseWith = %+v, %v", c, err)
	}
	if _, err := config.ParseWith(flag.NewFlagSet("x", flag.ContinueOnError), []string{"-h"}, func(string) string { return "" }); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("help: %v", err)
	}
}

func TestRedacted(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                       "",
		"postgres://h/d":                         "postgres://h/d",
		"postgres://u@h/d":                       "postgres://u@h/d",
		"postgres://u:hunter2@h:5432/d":          "postgres://u:•••@h:5432/d",
		"postgres://h/d?user=u&password=hunter2": "postgres://h/d?•••",
		"redis://:hunter2@h/0":                   "redis://:•••@h/0",
		"hunter2:%zz":                            "•••",
		"redis:hunter2":                          "•••",
	} {
		if got := config.NewURL(in).Redacted(); got != want {
			t.Errorf("Redacted(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestConfigIsPrintedWithoutSecrets(t *testing.T) {
	t.Parallel()
	c, err := parse("--database postgres://u:hunter2@h/d --redis redis://:hunter2@h/0", "SECRET_KEY="+key)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("config", "config", c, "url", c.Database)
	j, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{log.String(), string(j), fmt.Sprintf("%v %+v %#v", c, c, c)} {
		if strings.Contains(out, "hunter2") || strings.Contains(out, key) || strings.Contains(out, "0x11") {
			t.Errorf("shown: %s", out)
		}
		if !strings.Contains(out, "u:•••@h/d") {
			t.Errorf("the rest is not shown: %s", out)
		}
	}
}

func TestUsageNamesEverything(t *testing.T) {
	t.Parallel()
	for _, w := range []string{"--listen", "--public-url", "PARLEY_DATABASE", "PARLEY_SECRET_KEY", "PARLEY_EGRESS_ALLOW", "(127.0.0.1:8080)"} {
		if !strings.Contains(config.Usage(), w) {
			t.Errorf("usage lacks %s", w)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(":80", "postgres://u:p@h/d", "redis://h", "https://x", "10.0.0.0/8", key)
	f.Add("8080", "postgres://u:p%@h", "unix:///run/r", "http://[::1", "::ffff:1.2.3.4/8 fe80::1%e", "zz")
	f.Fuzz(func(t *testing.T, listen, database, redis, public, egress, secretKey string) {
		env := map[string]string{
			"PARLEY_LISTEN": listen, "PARLEY_DATABASE": database, "PARLEY_REDIS": redis, "PARLEY_PUBLIC_URL": public,
			"PARLEY_EGRESS_ALLOW": egress, "PARLEY_SECRET_KEY": secretKey,
		}
		c, err := config.Parse(nil, func(name string) string { return env[name] })
		var e *config.Error
		if err != nil && (!errors.As(err, &e) || e.Env == "" || strings.ContainsAny(err.Error(), "\n\r")) {
			t.Errorf("error %q", err)
		}
		if err == nil && (c.PublicURL == "" || strings.HasSuffix(c.PublicURL, "/")) {
			t.Errorf("public URL %q", c.PublicURL)
		}
	})
}
