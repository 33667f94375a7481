package connect

import "context"

// TokenSource gives the token that a mail server takes instead of a password, and the
// user it belongs to. It is safe for concurrent use; its errors are *channels.Error.
type TokenSource interface {
	Token(ctx context.Context) (user, accessToken string, err error)
}
