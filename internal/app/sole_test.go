package app

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"parley/internal/config"
)

func TestASecondServerIsKeptOut(t *testing.T) {
	t.Parallel()
	dir, log := t.TempDir(), slog.New(slog.DiscardHandler)
	first, err := beSole(t.Context(), dir, log)
	if err != nil {
		t.Fatal(err)
	}
	hurried, cancel := context.WithCancel(t.Context())
	cancel()
	var wrong *config.Error
	if _, err := beSole(hurried, dir, log); !errors.As(err, &wrong) || wrong.Flag != "data" {
		t.Errorf("the second server got %v", err)
	}

	done := make(chan error, 1)
	go func() {
		second, err := beSole(t.Context(), dir, log)
		done <- errors.Join(err, second.Close())
	}()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("when the first had stopped: %v", err)
	}
}
