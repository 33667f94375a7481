package desk

import (
	"context"

	"parley/inbox/pipeline"
	"parley/web/rest"
)

func (d *Desk) deleteLead(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	return nil, d.pipeline.DeleteLead(ctx, who.Viewer, rest.Num[pipeline.LeadID](in.ID))
}

func (d *Desk) deleteRequest(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	return nil, d.pipeline.DeleteRequest(ctx, who.Viewer, rest.Num[pipeline.RequestID](in.ID))
}
