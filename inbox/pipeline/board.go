package pipeline

import (
	"context"

	"parley/inbox/actor"
)

// CountCap is where counting a column of a board stops.
const CountCap = 1000

// BoardStore counts what stands in the columns of boards, each up to CountCap.
type BoardStore interface {
	// LeadCounts counts leads by stage.
	LeadCounts(ctx context.Context, v actor.Viewer, stages []int64) (map[int64]int, error)
	// RequestCounts counts requests by status.
	RequestCounts(ctx context.Context, v actor.Viewer, statuses []RequestStatus) (map[RequestStatus]int, error)
}

// LeadCounts returns how many leads stand in each stage of all pipelines.
func (s *Service) LeadCounts(ctx context.Context, v actor.Viewer) (map[int64]int, error) {
	list, err := s.store.Pipelines(ctx)
	if err != nil {
		return nil, err
	}
	var stages []int64
	for _, p := range list {
		for _, stage := range p.Stages {
			stages = append(stages, stage.ID)
		}
	}
	return s.store.LeadCounts(ctx, v, stages)
}

// RequestCounts returns how many requests have each status.
func (s *Service) RequestCounts(ctx context.Context, v actor.Viewer) (map[RequestStatus]int, error) {
	return s.store.RequestCounts(ctx, v, []RequestStatus{RequestOpen, RequestPending, RequestResolved, RequestClosed})
}
