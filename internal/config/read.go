package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"parley/internal/secret"
)

// The functions here check one setting each and put it into the Config, in the
// order of settings: some build on those before.

func bad(problem, remedy string) error { return &Error{Problem: problem, Remedy: remedy} }

func readListen(c *Config, text string) error {
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return bad(fmt.Sprintf("%q is not an address", text), "write host:port, such as 127.0.0.1:8080 or :8080")
	}
	c.Listen = text
	return nil
}

func readData(c *Config, text string) error {
	if text == "" {
		return bad("is empty", "name a folder, such as ./data")
	}
	c.Data = filepath.Clean(text)
	return nil
}

func readDatabase(c *Config, text string) error {
	const remedy = "write postgres://user:password@host:5432/name, or leave it empty for SQLite in the data folder"
	if text == "" {
		return nil
	}
	if err := server(text, "postgres", "postgresql"); err != nil {
		return bad(err.Error(), remedy)
	}
	c.Database = NewURL(text)
	return nil
}

func readRedis(c *Config, text string) error {
	if text == "" {
		return nil
	}
	if err := server(text, "redis", "rediss", "unix"); err != nil {
		return bad(err.Error(), "write redis://host:6379/0, or leave it empty for one node")
	}
	c.Redis = NewURL(text)
	return nil
}

// server checks that a text is a URL of one of the schemes. Its error shows no
// more than the scheme, because any other part may be a password out of place.
func server(text string, schemes ...string) error {
	scheme, _, ok := strings.Cut(text, "://")
	if !ok {
		return errors.New("is not a URL")
	}
	if !slices.Contains(schemes, scheme) {
		if len(scheme) > 12 {
			return errors.New("has a scheme that is not known")
		}
		return fmt.Errorf("has the scheme %q", scheme)
	}
	u, err := url.Parse(text)
	if err != nil || (u.Host == "" && u.Path == "" && u.RawQuery == "") {
		return errors.New("cannot be read as a URL (is a special character in the password not %-escaped?)")
	}
	return nil
}

func readBlobs(c *Config, text string) error {
	switch {
	case text == "":
		c.Blobs = filepath.Join(c.Data, "blobs")
	case strings.Contains(text, "://"):
		return bad("is a URL", "name a folder; with several nodes, one that all of them share")
	default:
		c.Blobs = filepath.Clean(text)
	}
	return nil
}

func readPublicURL(c *Config, text string) error {
	if text == "" {
		c.PublicURL = "http://" + browsable(c.Listen)
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return bad("is not a plain web address", "write scheme and host alone, such as https://chat.example.com")
	}
	c.PublicURL = u.Scheme + "://" + strings.ToLower(u.Host)
	return nil
}

// browsable turns a listening address into one that a browser on this machine
// can open.
func browsable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if a, err := netip.ParseAddr(host); host == "" || (err == nil && a.IsUnspecified()) {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

func readLogLevel(c *Config, text string) error {
	levels := map[string]slog.Level{
		"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError,
	}
	level, ok := levels[strings.ToLower(text)]
	if !ok {
		return bad(fmt.Sprintf("%q is no level", text), "write debug, info, warn or error")
	}
	c.LogLevel = level
	return nil
}

func readLogFormat(c *Config, text string) error {
	switch strings.ToLower(text) {
	case "text":
		c.LogJSON = false
	case "json":
		c.LogJSON = true
	default:
		return bad(fmt.Sprintf("%q is no format", text), "write text or json")
	}
	return nil
}

func readSecretKey(c *Config, text string) error {
	if text == "" {
		return nil
	}
	key, err := secret.ParseKey(text)
	if err != nil {
		return bad("is not a key", err.Error())
	}
	c.SecretKey, c.HasSecretKey = key, true
	return nil
}

func readEgress(c *Config, text string) error {
	for _, one := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' }) {
		p, err := netip.ParsePrefix(one)
		if err != nil {
			a, aerr := netip.ParseAddr(one)
			if aerr != nil || a.Zone() != "" {
				return bad(fmt.Sprintf("%q is not a network", one), "write networks with commas between, such as 10.0.0.0/8,192.168.1.5")
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		if p.Addr().Is4In6() {
			if p.Bits() < 96 {
				return bad(fmt.Sprintf("%q is not a network", one), "write IPv4 networks as such, for example 10.0.0.0/8")
			}
			p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
		}
		c.EgressAllow = append(c.EgressAllow, p.Masked())
	}
	return nil
}
