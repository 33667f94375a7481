package connect

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"parley/channels"
	"parley/internal/fault"
)

// refusal is the shape of what the guarded dialer answers to an address that may not be
// called.
type refusal interface {
	error
	Text() fault.Text
}

// Explain says in words why no connection to a server came about, or why it broke. What
// is an *channels.Error already stays as it is.
func (p Protocol) Explain(e Endpoint, err error) *channels.Error {
	var ready *channels.Error
	if errors.As(err, &ready) {
		return ready
	}
	if certificate := p.certificate(e, err); certificate != nil {
		return certificate
	}
	var refused refusal
	var dns *net.DNSError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &refused):
		text := refused.Text()
		return problem(channels.Permanent, CodeEgress, p.Field("host"), words(text.RU, text.EN))
	case errors.As(err, &dns) && dns.IsNotFound:
		return p.failing(channels.Transient, CodeNameUnknown, "host", e)
	case errors.As(err, &dns):
		return p.failing(channels.Transient, CodeUnreachable, "host", e)
	case errors.As(err, &record):
		return p.saying(channels.Permanent, CodeSpeaksNoTLS, "security", e, openFar, "")
	case errors.Is(err, syscall.ECONNREFUSED):
		return p.failing(channels.Transient, CodeRefused, "port", e)
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return p.failing(channels.Transient, CodeUnreachable, "host", e)
	case isTimeout(err):
		return p.failing(channels.Transient, CodeTimeout, "port", e)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed):
		return p.failing(channels.Transient, CodeHungUp, "port", e)
	}
	return p.unexpected(e, "")
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}

// certificate explains what is wrong with a server's certificate; nil when nothing is.
// Certificates are renewed without anybody's doing here, so trying again makes sense.
func (p Protocol) certificate(e Endpoint, err error) *channels.Error {
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var unknown x509.UnknownAuthorityError
	var verify *tls.CertificateVerificationError
	var alert tls.AlertError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return p.failing(channels.Transient, CodeCertExpired, "host", e)
	case errors.As(err, &name):
		return p.failing(channels.Transient, CodeCertName, "host", e)
	case errors.As(err, &unknown), errors.As(err, &invalid), errors.As(err, &verify):
		return p.failing(channels.Transient, CodeCertUnknown, "host", e)
	case errors.As(err, &alert):
		return p.failing(channels.Transient, CodeTLSFailed, "host", e)
	}
	return nil
}
