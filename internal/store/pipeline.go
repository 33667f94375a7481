package store

import (
	"context"

	"parley/inbox/pipeline"
)

// defaultPipeline returns the pipeline that new leads enter.
func (db *DB) defaultPipeline(ctx context.Context) (pipeline.Pipeline, error) {
	list, err := db.Pipelines(ctx)
	if err != nil || len(list) == 0 {
		return pipeline.Pipeline{}, err
	}
	return list[0], nil
}

// Pipelines returns all pipelines with their stages, in order.
func (db *DB) Pipelines(ctx context.Context) ([]pipeline.Pipeline, error) {
	rows, err := db.query(ctx, `SELECT p.id, p.name, s.id, s.name, s.kind FROM pipelines p JOIN stages s ON s.pipeline_id = p.id
		ORDER BY p.position, p.id, s.position, s.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []pipeline.Pipeline
	for rows.Next() {
		var p pipeline.Pipeline
		var s pipeline.Stage
		if err := rows.Scan(&p.ID, &p.Name, &s.ID, &s.Name, &s.Kind); err != nil {
			return nil, err
		}
		if len(list) == 0 || list[len(list)-1].ID != p.ID {
			list = append(list, p)
		}
		last := &list[len(list)-1]
		last.Stages = append(last.Stages, s)
	}
	return list, rows.Err()
}
