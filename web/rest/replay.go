package rest

import "github.com/danielgtaylor/huma/v2"

// Replays remembers what was answered to a POST with an Idempotency-Key.
type Replays interface{}

func (a *API) replay(ctx huma.Context, next func(huma.Context)) { next(ctx) }
