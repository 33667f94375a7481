package events_test

import (
	"parley/internal/store"
	"parley/web/desk"
	"parley/web/events"
)

var (
	_ events.Store = (*store.DB)(nil)
	_ desk.Live    = (*events.Feed)(nil)
)
