package router

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/internal/fault"
)

// At is when a trigger acts by the clock on the wall: at a time of some days of the week.
type At struct {
	Days []string `json:"days,omitempty"` // mon, tue, wed, thu, fri, sat, sun
	Time string   `json:"time,omitempty"` // "09:00"
	Zone string   `json:"zone,omitempty"` // "Europe/Moscow"
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

const (
	timeOfDay = "15:04"
	gathered  = 200 // conversations that one job looks up
)

func (a *At) check(bad *fault.Collector) {
	slices.Sort(a.Days)
	a.Days = slices.Compact(a.Days)
	if len(a.Days) == 0 {
		bad.Add("at.days", "required", fault.T("Выберите хотя бы один день.", "Choose at least one day."))
	}
	if slices.ContainsFunc(a.Days, func(d string) bool { return !slices.Contains(weekdays, d) }) {
		bad.Add("at.days", "choice", fault.T("Возможны: mon, tue, wed, thu, fri, sat, sun.", "Some of: mon, tue, wed, thu, fri, sat, sun."))
	}
	if _, err := time.Parse(timeOfDay, a.Time); err != nil {
		bad.Add("at.time", "malformed", fault.T("Нужно время вида 09:00.", "A time like 09:00 is needed."))
	}
	if _, err := time.LoadLocation(a.Zone); err != nil || a.Zone == "" || a.Zone == "Local" {
		bad.Add("at.zone", "unknown", fault.T("Такого часового пояса нет. Пример: Europe/Moscow.", "There is no such time zone. An example: Europe/Moscow."))
	}
}

// next is the first such moment after a time. A time of day that a change of the clock
// leaves out is as much later. It is zero for what was not checked.
func (a *At) next(after time.Time) time.Time {
	zone, err := time.LoadLocation(a.Zone)
	clock, bad := time.Parse(timeOfDay, a.Time)
	if err != nil || bad != nil {
		return time.Time{}
	}
	day := after.In(zone)
	for i := range 9 {
		at := time.Date(day.Year(), day.Month(), day.Day()+i, clock.Hour(), clock.Minute(), 0, 0, zone)
		if at.After(after) && slices.Contains(a.Days, weekdays[at.Weekday()]) {
			return at.UTC()
		}
	}
	return time.Time{}
}

// plan leaves the job of a trigger's next hour, if it has one.
func (e *Engine) plan(ctx context.Context, t *Trigger) error {
	ch := inbox.Changes{}
	if t.planned(&ch, e.now()); len(ch.FollowUps) == 0 {
		return nil
	}
	return e.store.Save(ctx, &ch)
}

// planned adds the job of the next hour after a time. What was planned for another state
// of the trigger finds that out by itself.
func (t *Trigger) planned(ch *inbox.Changes, after time.Time) {
	if t.Event != OnSchedule || !t.Enabled {
		return
	}
	at := t.At.next(after)
	if at.IsZero() {
		return
	}
	ev := Event{Kind: OnSchedule, Key: fmt.Sprintf("%s:%d:%d", OnSchedule, t.ID, at.Unix()), Trigger: t.ID, At: at, Version: t.UpdatedAt.UnixMicro()}
	ch.FollowUps = append(ch.FollowUps, followUp(ev.jobKey(), []Event{ev}))
}

// gather leaves, at the hour of a trigger, an event for each conversation that is not
// closed, so many at a time, and then plans the next hour. Hours that passed while nothing
// ran are made up for once.
func (w *work) gather(ctx context.Context, ev *Event) error {
	t := w.page.byID[ev.Trigger]
	if t == nil || t.UpdatedAt.UnixMicro() != ev.Version {
		return nil
	}
	ids, next, err := w.store.LiveConversations(ctx, ev.At, ev.Cursor, gathered)
	if err != nil {
		return fmt.Errorf("gather conversations: %w", err)
	}
	for _, id := range ids {
		one := Event{Kind: OnSchedule, Key: fmt.Sprintf("%s:%d", ev.Key, id), Conversation: id, Trigger: t.ID, At: ev.At}
		w.out.FollowUps = append(w.out.FollowUps, followUp(one.jobKey(), []Event{one}))
	}
	if next == "" {
		t.planned(&w.out, w.now)
		return nil
	}
	more := *ev
	more.Cursor = next
	w.out.FollowUps = append(w.out.FollowUps, followUp(more.jobKey(), []Event{more}))
	return nil
}

// liveNow are the events that an hour would bring if it were now.
func (s *Service) liveNow(ctx context.Context) ([]Event, error) {
	now := s.time()
	var list []Event
	for cursor, more := "", true; more && len(list) <= dryEvents; {
		ids, next, err := s.store.LiveConversations(ctx, now, cursor, gathered)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			list = append(list, Event{Kind: OnSchedule, Key: key(OnSchedule, int64(id)), Conversation: id, At: now})
		}
		cursor, more = next, next != ""
	}
	return list, nil
}
