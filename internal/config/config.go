package config

import (
	"log/slog"
	"net/netip"
	"path/filepath"

	"parley/internal/secret"
)

// Config is how one node runs. Parse fills it; its zero value is of no use.
type Config struct {
	// Listen is the address of the HTTP server, "host:port".
	Listen string
	// Data is the folder for everything that is kept on this node. It need not
	// exist yet.
	Data string
	// Database is the PostgreSQL server; empty is SQLite in Data.
	Database URL
	// Redis wakes up other nodes; empty is one node alone.
	Redis URL
	// Blobs is the folder of attachments and raw mail.
	Blobs string
	// PublicURL is where browsers and networks reach this installation: scheme and
	// host, without a slash at the end.
	PublicURL string
	// SecretKey seals secrets in the database. HasSecretKey is false when none was
	// given; on SQLite one is then kept in KeyFile.
	SecretKey    secret.Key
	HasSecretKey bool
	// EgressAllow are the networks that outgoing calls may reach although they are
	// not public.
	EgressAllow []netip.Prefix
	// LogLevel is the least serious level that is logged.
	LogLevel slog.Level
	// LogJSON chooses JSON lines over text.
	LogJSON bool
}

// DatabaseFile is the SQLite database.
func (c Config) DatabaseFile() string { return filepath.Join(c.Data, "parley.db") }

// KeyFile is where the secret key is kept on SQLite when none was given.
func (c Config) KeyFile() string { return filepath.Join(c.Data, "secret.key") }

// SQLite reports whether the database is the embedded one.
func (c Config) SQLite() bool { return c.Database.Empty() }

// RequireKey returns an error when the database is shared and no key was given:
// a key kept by one node would be unknown to the others.
func (c Config) RequireKey() error {
	if c.SQLite() || c.HasSecretKey {
		return nil
	}
	return &Error{
		Env: "PARLEY_SECRET_KEY", Problem: "is not set, and PostgreSQL needs one that all nodes share",
		Remedy: "set it to 64 hexadecimal digits, made with: openssl rand -hex 32",
	}
}

// LogValue shows the configuration without its secrets.
func (c Config) LogValue() slog.Value {
	database := c.DatabaseFile()
	if !c.SQLite() {
		database = c.Database.Redacted()
	}
	return slog.GroupValue(
		slog.String("listen", c.Listen), slog.String("data", c.Data), slog.String("database", database),
		slog.String("redis", c.Redis.Redacted()), slog.String("blobs", c.Blobs), slog.String("public_url", c.PublicURL),
		slog.Any("egress_allow", c.EgressAllow), slog.String("log_level", c.LogLevel.String()),
	)
}
