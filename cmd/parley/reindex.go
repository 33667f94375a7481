package main

import (
	"context"
	"errors"
	"fmt"
)

// reindex has the search index made anew. The server that runs does it, or the next that starts;
// what is newest is found again first.
func reindex(ctx context.Context, sh *shell) error {
	cfg, err := sh.parse(newFlags("reindex"), 0)
	if err != nil {
		return err
	}
	b, err := sh.base(ctx, cfg)
	if err != nil {
		return err
	}
	if err := errors.Join(b.Reindex(ctx), b.Close()); err != nil {
		return err
	}
	fmt.Fprintln(sh.out, "the search index is empty; the server makes it anew, newest first")
	return nil
}
