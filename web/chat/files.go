package chat

import (
	"context"
	"net/http"

	"parley/accounts"
	"parley/inbox"
	"parley/web/files"
	"parley/web/rest"
)

func (c *Chat) declareFiles(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "upload-chat-file", Method: http.MethodPost, Path: "/chat/{account}/files", Root: true, Need: rest.Visitor(), Status: http.StatusCreated, Upload: true,
		Summary: "Upload a file, to be attached to a message within a day",
	}, func(ctx context.Context, _ rest.Caller, in *ByVisitor) (*rest.Body[ChatAttachment], error) {
		s, v, err := c.visitor(*in)
		if err != nil {
			return nil, err
		}
		if !s.active {
			return nil, accounts.ErrPaused
		}
		if err := c.limits.take(ctx, c.limits.uploads, v.ID); err != nil {
			return nil, err
		}
		f, err := c.Keeper.Keep(ctx, inbox.FileOwner{Kind: "visitor", ID: int64(s.id), Ref: v.ID}, s.account.Limits().Files.MaxBytes)
		if err != nil {
			return nil, err
		}
		return rest.Reply(c.attachment(s.id, f)), nil
	})
	rest.Add(api, rest.Op{
		ID: "get-chat-file", Method: http.MethodGet, Path: "/chat/{account}/files/{id}", Root: true, Need: rest.Visitor(),
		Summary: "Read a file by its signed address; needs no token",
	}, func(ctx context.Context, _ rest.Caller, in *struct {
		InChat
		ID    rest.ID `path:"id"`
		Token string  `query:"t" required:"false" maxLength:"200"`
	}) (*rest.Download, error) {
		s, err := c.site(in.InChat)
		if err != nil {
			return nil, err
		}
		id := rest.Num[inbox.FileID](in.ID)
		if !c.Tokens.CheckFile(s.id, int64(id), in.Token, c.Now()) {
			return nil, files.ErrNoFile
		}
		f, found, err := c.Store.AccountFile(ctx, s.id, id)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, files.ErrNoFile
		}
		return c.Keeper.Open(ctx, f)
	})
}
