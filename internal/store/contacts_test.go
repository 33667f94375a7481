package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestOneOfManyAtOnce lets many people do at once what only one may do.
func TestOneOfManyAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		v := actor.Viewer{Scope: actor.All, Cause: actor.Cause{Kind: actor.API, ID: 1}}
		people, work := contact.New(db, time.Now), pipeline.New(db, time.Now)
		const many = 12
		made, refused := atOnce(many, func() error {
			_, err := people.Create(t.Context(), v, contact.Draft{Name: "Anna", Identities: []contact.Address{{Scope: "email", Address: "anna@example.com"}}})
			return err
		})
		if made != 1 || len(refused) != many-1 {
			t.Errorf("%d contacts have one address; refused with %v", made, refused)
		}
		for _, err := range refused {
			if f, ok := fault.As(err); !ok || f.Fields[0].Code != "taken" {
				t.Errorf("refused with %v", err)
			}
		}
		page, err := people.List(t.Context(), v, contact.Filter{Query: "anna@"})
		if err != nil || len(page.Items) != 1 {
			t.Fatalf("found %v, %v", page.Items, err)
		}
		made, refused = atOnce(many, func() error {
			_, err := work.CreateLead(t.Context(), v, pipeline.NewLead{ContactID: page.Items[0].ID})
			return err
		})
		if made != 1 {
			t.Errorf("%d open leads of one contact", made)
		}
		for _, err := range refused {
			if !errors.Is(err, pipeline.ErrLeadOpen) {
				t.Errorf("refused with %v", err)
			}
		}
	})
}

// atOnce runs do many times at once and returns how often it worked, and why not.
func atOnce(many int, do func() error) (worked int, refused []error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	for range many {
		all.Go(func() {
			err := do()
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				worked++
			} else {
				refused = append(refused, err)
			}
		})
	}
	all.Wait()
	return worked, refused
}
