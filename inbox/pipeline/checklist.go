package pipeline

import (
	"context"
	"slices"
	"time"

	"parley/inbox/actor"
	"parley/internal/fault"
)

// StepID identifies a step of a checklist.
type StepID int64

// Step is one thing that has to be done for a request.
type Step struct {
	ID     StepID    `json:"id"`
	Text   string    `json:"text"`
	Done   bool      `json:"done,omitempty"`
	DoneBy int64     `json:"done_by,omitempty"` // the agent who ticked it; 0 = a program
	DoneAt time.Time `json:"done_at,omitzero"`
}

// Bounds of a checklist.
const (
	maxSteps    = 100
	maxStepText = 300 // characters
)

var (
	errNoStep       = fault.New(fault.NotFound, "step_not_found", fault.T("Такого пункта в списке уже нет.", "The checklist has no such step any more."))
	errManySteps    = fault.InvalidField("text", "too_many", fault.T("Не больше 100 пунктов.", "At most 100 steps."))
	errStepText     = fault.InvalidField("text", "length", fault.T("Пункт от 1 до 300 знаков.", "A step of 1 to 300 characters."))
	errStepPosition = fault.InvalidField("position", "range", fault.T("Места считаются с нуля.", "Places are counted from zero."))
)

// StepPatch is what shall change about a step, or stand in a new one; nil fields stay as
// they are.
type StepPatch struct {
	Text     *string
	Done     *bool
	Position *int // from 0; past the end means last
}

// AddStep adds a step to a request's checklist: at its place, or last.
func (s *Service) AddStep(ctx context.Context, v actor.Viewer, request RequestID, p StepPatch) (RequestRow, error) {
	if p.Text == nil {
		return RequestRow{}, errStepText
	}
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return RequestRow{}, err
	}
	return s.changeChecklist(ctx, v, request, &p, func(list []Step) ([]Step, error) {
		if len(list) >= maxSteps {
			return nil, errManySteps
		}
		list = append(list, Step{ID: StepID(ids[0])})
		return s.applyStep(v, list, len(list)-1, &p), nil
	})
}

// ChangeStep words a step anew, ticks it or not, or moves it.
func (s *Service) ChangeStep(ctx context.Context, v actor.Viewer, request RequestID, step StepID, p StepPatch) (RequestRow, error) {
	return s.changeChecklist(ctx, v, request, &p, func(list []Step) ([]Step, error) {
		at := slices.IndexFunc(list, func(x Step) bool { return x.ID == step })
		if at < 0 {
			return nil, errNoStep
		}
		return s.applyStep(v, list, at, &p), nil
	})
}

// RemoveStep takes a step off a request's checklist.
func (s *Service) RemoveStep(ctx context.Context, v actor.Viewer, request RequestID, step StepID) (RequestRow, error) {
	return s.changeChecklist(ctx, v, request, &StepPatch{}, func(list []Step) ([]Step, error) {
		at := slices.IndexFunc(list, func(x Step) bool { return x.ID == step })
		if at < 0 {
			return nil, errNoStep
		}
		return slices.Delete(list, at, at+1), nil
	})
}

func (s *Service) changeChecklist(ctx context.Context, v actor.Viewer, request RequestID, p *StepPatch, change func([]Step) ([]Step, error)) (RequestRow, error) {
	if p.Text != nil {
		var bad fault.Collector
		line(&bad, "text", p.Text)
		if n := len([]rune(*p.Text)); n == 0 || n > maxStepText {
			return RequestRow{}, errStepText
		}
	}
	if p.Position != nil && *p.Position < 0 {
		return RequestRow{}, errStepPosition
	}
	return s.changeRequest(ctx, v, request, func(_ context.Context, r *Request) (err error) {
		r.Checklist, err = change(slices.Clone(r.Checklist))
		return err
	})
}

// applyStep changes the step at a place of a list and moves it to where it shall be.
func (s *Service) applyStep(v actor.Viewer, list []Step, at int, p *StepPatch) []Step {
	step := list[at]
	set(&step.Text, p.Text)
	if p.Done != nil && *p.Done != step.Done {
		step.Done, step.DoneBy, step.DoneAt = *p.Done, 0, time.Time{}
		if step.Done {
			step.DoneBy, step.DoneAt = v.AgentID, s.time()
		}
	}
	if p.Position != nil {
		list = slices.Delete(list, at, at+1)
		at = min(*p.Position, len(list))
		return slices.Insert(list, at, step)
	}
	list[at] = step
	return list
}
