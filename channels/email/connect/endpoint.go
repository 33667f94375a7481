package connect

import (
	"net"
	"strconv"
)

// Security is how a connection to a mail server is protected, as the configuration has it.
type Security string

// TLS speaks TLS from the first byte, STARTTLS turns to it, None never does.
const (
	TLS      Security = "tls"
	STARTTLS Security = "starttls"
	None     Security = "none"
)

// Endpoint is where a mail server answers.
type Endpoint struct {
	Host     string
	Port     int
	Security Security
}

// Address is the endpoint as dialers take it.
func (e Endpoint) Address() string { return net.JoinHostPort(e.Host, strconv.Itoa(e.Port)) }

// Protocol is what a server speaks.
type Protocol string

// The two protocols of a mailbox. Their names begin the names of their fields.
const (
	IMAP Protocol = "imap"
	SMTP Protocol = "smtp"
)

// Field names a configuration field of this protocol: Field("host") of IMAP is "imap_host".
func (p Protocol) Field(name string) string { return string(p) + "_" + name }

// The ports that RFC 8314 and RFC 6409 give; 25 is for servers among themselves.
const (
	portIMAP       = 143
	portIMAPS      = 993
	portSubmission = 587
	portSMTPS      = 465
)
