package store

import (
	"context"
	"fmt"
)

// Renamed is a name that the migrations gave, and what it shall be.
type Renamed struct{ From, To string }

// NameStages gives the pipeline and the stages that every installation begins with other names,
// where they still have their first ones.
func (db *DB) NameStages(ctx context.Context, pipeline Renamed, stages []Renamed) error {
	err := db.Write(ctx, func(ctx context.Context) error {
		if _, err := db.exec(ctx, `UPDATE pipelines SET name = $1 WHERE id = 1 AND name = $2`, pipeline.To, pipeline.From); err != nil {
			return err
		}
		for _, s := range stages {
			if _, err := db.exec(ctx, `UPDATE stages SET name = $1 WHERE pipeline_id = 1 AND name = $2`, s.To, s.From); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("name stages: %w", err)
	}
	return nil
}
