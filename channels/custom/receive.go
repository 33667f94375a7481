package custom

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"parley/channels"
)

// Receive implements channels.Webhook.
func (a *Account) Receive(ctx context.Context, r channels.Request, in channels.Inbound) (channels.Response, error) {
	switch {
	case r.Method != http.MethodPost:
		return answer(http.StatusMethodNotAllowed, Taken{Problem: "use POST"}), nil
	case r.Header[signatureKey] == "":
		return answer(http.StatusUnauthorized, Taken{Problem: SignatureHeader + " is missing"}), nil
	case !Verify(a.secret, r.Body, r.Header[signatureKey]):
		return answer(http.StatusUnauthorized, Taken{Problem: SignatureHeader + " does not fit: sha256= and the HMAC-SHA256 of the raw body under the shared secret, in hex"}), nil
	}
	p := a.parse(r.Body)
	if p.event == nil {
		return answer(http.StatusOK, Taken{Outcome: string(channels.OutcomeIgnored)}), nil
	}
	if err := a.keepFiles(ctx, p); err != nil {
		return later(), nil
	}
	outcomes, err := in.Deliver(ctx, channels.Batch{Events: []channels.Event{*p.event}})
	if err != nil || len(outcomes) != 1 {
		return later(), nil
	}
	taken := Taken{Outcome: string(outcomes[0].Kind), Problem: p.event.Problem}
	if id := outcomes[0].MessageID; id != 0 {
		taken.MessageID = strconv.FormatInt(id, 10)
	}
	return answer(http.StatusOK, taken), nil
}

// signatureKey is SignatureHeader as the port writes names.
const signatureKey = "x-parley-signature"

// keepFiles stores the files that came within a message.
func (a *Account) keepFiles(ctx context.Context, p parsed) error {
	for _, at := range p.content {
		kind := at.Type
		if kind == "" {
			kind = http.DetectContentType(at.Content)
		}
		f, err := a.env.Files.Put(ctx, at.Name, kind, bytes.NewReader(at.Content), int64(len(at.Content)))
		if err != nil {
			a.env.Log.WarnContext(ctx, "file of a message not stored", "account_id", int64(a.id), "error", err)
			return err
		}
		p.event.Message.Files = append(p.event.Message.Files, f)
	}
	return nil
}

func later() channels.Response {
	return answer(http.StatusServiceUnavailable, Taken{Problem: "not stored yet; send it again"})
}

func answer(status int, t Taken) channels.Response {
	body, err := json.Marshal(t)
	if err != nil {
		body = nil // strings alone: cannot happen
	}
	return channels.Response{Status: status, Type: "application/json", Body: body}
}
