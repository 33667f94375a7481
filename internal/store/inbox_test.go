package store_test

import (
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/store"
)

var (
	_ inbox.Store    = (*store.DB)(nil)
	_ contact.Store  = (*store.DB)(nil)
	_ pipeline.Store = (*store.DB)(nil)
)
