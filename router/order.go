package router

import (
	"context"
	"fmt"
	"slices"

	"parley/router/rules"
)

// OrderTriggers puts triggers into another order, all at once. The order that the caller
// saw must be that of now. Nothing else about them changes, so what they have planned stays.
func (s *Service) OrderTriggers(ctx context.Context, was, ids []TriggerID) error {
	err := s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockRules(ctx); err != nil {
			return err
		}
		list, err := s.store.Triggers(ctx)
		if err != nil {
			return fmt.Errorf("read triggers: %w", err)
		}
		have := make([]TriggerID, len(list))
		for i := range list {
			have[i] = list[i].ID
		}
		if err := rules.CheckOrder(have, was, ids); err != nil {
			return err
		}
		for i := range list {
			t := &list[i]
			t.Position = int64(slices.Index(ids, t.ID) + 1)
			if err := s.store.PutTrigger(ctx, t); err != nil {
				return fmt.Errorf("keep trigger: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}
