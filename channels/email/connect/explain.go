package connect

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"

	"parley/channels"
)

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
		return p.forbidden(refused)
	case errors.As(err, &dns) && dns.IsNotFound:
		return p.unknownName(e)
	case errors.As(err, &dns):
		return p.unreachable(e)
	case errors.As(err, &record):
		return p.speaksNoTLS(e)
	case errors.Is(err, syscall.ECONNREFUSED):
		return p.refused(e)
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return p.unreachable(e)
	case isTimeout(err):
		return p.timeout(e)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed):
		return p.hungUp(e)
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
	field := p.Field("host")
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return problem(channels.Transient, CodeCertExpired, field, words(
			fmt.Sprintf("Сертификат %s просрочен или ещё не действует.", e.Host),
			fmt.Sprintf("The certificate of %s has expired or is not valid yet.", e.Host)))
	case errors.As(err, &name):
		return problem(channels.Transient, CodeCertName, field, words(
			fmt.Sprintf("Сертификат выдан не для %s. Укажите имя сервера, на которое он выдан.", e.Host),
			fmt.Sprintf("The certificate is not for %s. Enter the server's name that it is for.", e.Host)))
	case errors.As(err, &unknown), errors.As(err, &invalid), errors.As(err, &verify):
		return problem(channels.Transient, CodeCertUnknown, field, words(
			fmt.Sprintf("Сертификату %s нельзя доверять: неизвестно, кто его выдал.", e.Host),
			fmt.Sprintf("The certificate of %s cannot be trusted: nobody known has issued it.", e.Host)))
	case errors.As(err, &alert):
		return problem(channels.Transient, CodeTLSFailed, field, words(
			fmt.Sprintf("С %s не удалось договориться о шифровании (нужен TLS 1.2 или новее).", e.Host),
			fmt.Sprintf("No encryption could be agreed on with %s (TLS 1.2 or later is needed).", e.Host)))
	}
	return nil
}
