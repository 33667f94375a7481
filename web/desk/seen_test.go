package desk_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/inbox/actor"
	"parley/inbox/history"
	"parley/inbox/pipeline"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// lost says of a refused change which fields others were quicker with, who, and what they are now.
func lost(answer object) string {
	var out []string
	for _, x := range answer["changed"].([]any) {
		c := x.(map[string]any)
		to := c["to"]
		if n, _ := c["to_name"].(string); n != "" {
			to = n
		}
		out = append(out, fmt.Sprint(c["cause"].(map[string]any)["name"], " ", c["field"], ": ", to))
	}
	return fmt.Sprint(answer["code"], " ", strings.Join(out, "; "))
}

// TestWhoChangesOneFieldIsTold has Tom change fields that Ada may have changed since he looked.
func TestWhoChangesOneFieldIsTold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c := o.talk("Anna", team, 0, 1)
		anna, lead, request := path("/contacts/%d", c.ContactID), path("/leads/%d", c.LeadID), path("/requests/%d", c.RequestID)
		open := o.as("tom", "GET", lead, nil, 200)["stage_id"]
		address := []object{{"scope": "email", "address": "anna@example.com", "verified": true, "stops": []any{}}}
		o.as("ada", "PATCH", anna, object{"name": "Anna Lee", "owner_id": "3", "fields": object{"size": 42, "hat": object{"a": 1, "b": 2}}}, 200)
		o.as("ada", "PATCH", lead, object{"campaign": "Spring", "score": 40, "utm": object{"source": "ads", "term": "hats"}}, 200)
		o.as("ada", "PATCH", request, object{"subject": "Late", "due_at": "2026-11-22T18:00:00Z", "priority": "high", "category": "Delivery"}, 200)

		for _, step := range []struct {
			at       string
			give     object
			was      object
			conflict string // "" = it goes through
		}{
			{anna, object{"name": "Nina"}, object{"name": "Anna"}, "Ada name: Anna Lee"},
			{anna, object{"name": "Anna Lee"}, object{"name": "Anna"}, ""},                                 // both want the same
			{anna, object{"language": "ru"}, object{"language": "", "name": "Anna"}, ""},                   // another field
			{anna, object{"language": "en", "name": "Nina"}, object{"name": "Anna"}, "Ada name: Anna Lee"}, // all or nothing
			{anna, object{"language": "en"}, object{"language": "ru"}, ""},
			{anna, object{"owner_id": "2"}, object{"owner_id": nil}, "Ada owner_id: Olga"},
			{anna, object{"fields": object{"size": 43}}, object{"fields": object{}}, "Ada fields.size: 42"},
			{anna, object{"fields": object{"size": 43, "colour": "red"}}, object{"fields": object{"size": 42}}, ""},
			{anna, object{"fields": object{"hat": 1}}, object{"fields": object{"hat": object{"b": 2.0, "a": 1}}}, ""},
			{anna, object{"identities": append([]object{{"scope": "phone", "address": "+79001234567"}}, address...)}, object{"identities": []object{}}, "<nil> identities: [map[address:anna@example.com scope:email]]"},
			{anna, object{"identities": append([]object{{"scope": "phone", "address": "+79001234567"}}, address...)}, object{"identities": address}, ""},
			{anna, object{"identities": append([]object{{"scope": "phone", "address": "+79001234568"}}, address...)}, object{"identities": address}, "Tom identities: [map[address:anna@example.com scope:email] map[address:+79001234567 scope:phone]]"},
			{anna, object{"name": "Nina"}, nil, ""}, // who does not say goes by what there is
			{lead, object{"campaign": "Summer"}, object{"campaign": ""}, "Ada campaign: Spring"},
			{lead, object{"score": 50}, object{"score": 40.0}, ""},
			{lead, object{"utm": object{"source": "mail"}}, object{"utm": object{"source": "ads"}}, "Ada utm.term: hats"},
			{lead, object{"status": "lost", "lost_reason": "Dear"}, object{"status": "open", "stage_id": open}, ""},
			{request, object{"subject": "Lost", "due_at": nil}, object{"subject": "About Anna", "due_at": nil}, "Ada subject: Late; Ada due_at: 2026-11-22T18:00:00Z"},
			{request, object{"due_at": nil}, object{"due_at": "2026-11-22T21:00:00+03:00"}, ""},
			{request, object{"priority": "low"}, object{"priority": "normal"}, "Ada priority: high"},
			{request, object{"category": ""}, object{"category": "Delivery"}, ""},
			{request, object{"category": "Hats"}, object{"category": nil}, ""},
		} {
			give := object{}
			for name, v := range step.give {
				give[name] = v
			}
			if step.was != nil {
				give["was"] = step.was
			}
			status := 200
			if step.conflict != "" {
				status = 409
			}
			answer := o.as("tom", "PATCH", step.at, give, status)
			if status == 409 && strings.TrimPrefix(lost(answer), "field_changed ") != step.conflict {
				t.Errorf("%v: %s, want %s", give, lost(answer), step.conflict)
			}
		}
		if got := o.as("tom", "GET", anna, nil, 200); got["name"] != "Nina" || got["language"] != "en" || got["owner_id"] != "3" || len(got["identities"].([]any)) != 2 {
			t.Errorf("the contact is %v", got)
		}
		if got := o.as("tom", "GET", request, nil, 200); got["subject"] != "Late" || got["due_at"] != nil || got["category"] != "Hats" || got["priority"] != "high" {
			t.Errorf("the request is %v", got)
		}
		for _, was := range []object{{"nmae": "Anna"}, {"fields": "x"}, {"identities": "x"}, {"utm": object{}}} {
			o.as("tom", "PATCH", anna, object{"name": "x", "was": was}, 422)
		}
	})
}

// TestOneOfManyHasAField lets several change one field from what all of them saw.
func TestOneOfManyHasAField(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		at, now := o.talk("Anna", team, 0, 1).RequestID, o.now
		requests, histories := pipeline.New(db, func() time.Time { return now }), history.New(db)
		seen := history.Seen{"subject": json.RawMessage(`null`)}
		everybody := actor.Viewer{AgentID: int64(ada), Scope: actor.All, Cause: actor.Cause{Kind: actor.Agent, ID: int64(ada)}}
		var won, lost atomic.Int64
		var all sync.WaitGroup
		for n := range 6 {
			all.Go(func() {
				subject := fmt.Sprint("Subject ", n)
				_, err := requests.PatchRequest(t.Context(), everybody, pipeline.RequestID(at), pipeline.RequestPatch{Subject: &subject, Guard: histories.GuardRequest(seen)})
				switch {
				case err == nil:
					won.Add(1)
				case errors.Is(err, history.ErrMeanwhile):
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won.Load() != 1 || lost.Load() != 5 {
			t.Errorf("%d changes went through and %d were refused, want 1 and 5", won.Load(), lost.Load())
		}
	})
}
