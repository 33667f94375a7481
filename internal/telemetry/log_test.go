package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"parley/internal/telemetry"
)

func TestLoggerMasks(t *testing.T) {
	t.Parallel()
	for _, asJSON := range []bool{false, true} {
		var out bytes.Buffer
		l := telemetry.NewLogger(&out, slog.LevelInfo, asJSON)
		l.With("smtp_password", "hunter2").WithGroup("config").Info("account opened",
			"token", "hunter2", "API-Key", "hunter2", "account_id", 42,
			slog.Group("secret", "id", "hunter2"), slog.Group("mail", "body", "hunter2", "size", 7))
		got := out.String()
		if strings.Contains(got, "hunter2") {
			t.Errorf("shown: %s", got)
		}
		for _, want := range []string{"account opened", "42", "•••", "size"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s lacks %s", got, want)
			}
		}
	}
}

func TestLoggerLevelAndTime(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	h := telemetry.NewLogger(&out, slog.LevelWarn, true).Handler()
	if h.Enabled(t.Context(), slog.LevelInfo) || !h.Enabled(t.Context(), slog.LevelWarn) {
		t.Error("the level is not kept")
	}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.FixedZone("x", 3*3600))
	if err := h.Handle(context.Background(), slog.NewRecord(at, slog.LevelWarn, "hello", 0)); err != nil {
		t.Fatal(err)
	}
	var line struct{ Time, Msg string }
	if err := json.Unmarshal(out.Bytes(), &line); err != nil || line.Time != "2026-03-01T09:00:00Z" || line.Msg != "hello" {
		t.Errorf("line = %+v, %v", line, err)
	}
}

func TestSensitive(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{
		"password": true, "IMAP_Password": true, "X-CSRF-Token": true, "csrf": true, "Set-Cookie": true, "bot.token": true, "secretKey": true, "email": true,
		"account_id": false, "attempt": false, "error": false, "key_id": false, "database": false, "msg": false, "time": false, "level": false,
	} {
		if got := telemetry.Sensitive(key); got != want {
			t.Errorf("Sensitive(%q) = %v", key, got)
		}
	}
}
