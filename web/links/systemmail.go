package links

import (
	"context"
	"net/http"

	"parley/channels"
	"parley/web/rest"
)

// SystemMail knows by which mailbox invitations and links leave.
type SystemMail interface {
	// Chosen returns what was chosen: an account, none at all (off), or 0 for the first
	// that is connected.
	Chosen(ctx context.Context) (id channels.AccountID, off bool, err error)
	// Sender returns the account that would send now; 0 when none would.
	Sender(ctx context.Context) (channels.AccountID, error)
	// Choose changes the choice. An account that is no mailbox is a fault.
	Choose(ctx context.Context, id channels.AccountID, off bool) error
}

// Mail makes a SystemMail answer for system mail. It is called before Declare.
func (l *Links) Mail(m SystemMail) { l.mail = m }

// SystemMailSetting is by which mailbox invitations and links leave.
type SystemMailSetting struct {
	AccountID rest.Ref `json:"account_id" doc:"The mailbox that was chosen; null is the first that is connected."`
	Off       bool     `json:"off" doc:"None is sent."`
	SenderID  rest.Ref `json:"sender_id" doc:"The mailbox that would send now; null when none would."`
}

type systemMailChoice struct {
	AccountID rest.Maybe[rest.ID] `json:"account_id,omitempty" required:"false"`
	Off       bool                `json:"off,omitempty"`
}

func (l *Links) declareSystemMail(api *rest.API) {
	show := func(ctx context.Context) (*rest.Body[SystemMailSetting], error) {
		id, off, err := l.mail.Chosen(ctx)
		if err != nil {
			return nil, err
		}
		sender, err := l.mail.Sender(ctx)
		return rest.Reply(SystemMailSetting{AccountID: rest.RefOf(id), Off: off, SenderID: rest.RefOf(sender)}), err
	}
	rest.Add(api, rest.Op{
		ID: "get-system-mail", Method: http.MethodGet, Path: "/system-mail", Need: rest.Read("accounts").For(connectors...),
		Summary: "By which mailbox invitations and links leave",
	}, func(ctx context.Context, _ rest.Caller, _ *struct{}) (*rest.Body[SystemMailSetting], error) {
		return show(ctx)
	})
	rest.Add(api, rest.Op{
		ID: "set-system-mail", Method: http.MethodPut, Path: "/system-mail", Need: rest.Write("accounts").For(connectors...),
		Summary: "Choose the mailbox by which invitations and links leave",
	}, func(ctx context.Context, _ rest.Caller, in *struct{ Body systemMailChoice }) (*rest.Body[SystemMailSetting], error) {
		if err := l.mail.Choose(ctx, rest.Num[channels.AccountID](in.Body.AccountID.Value), in.Body.Off); err != nil {
			return nil, err
		}
		return show(ctx)
	})
}
