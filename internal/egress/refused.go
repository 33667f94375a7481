package egress

import (
	"fmt"
	"net/netip"

	"parley/internal/fault"
)

// Refused says that a call was not made because of where it would have gone. Find
// it with errors.As; nothing was sent.
type Refused struct {
	// Host is the name or address that was to be called.
	Host string
	// Addr is what it resolved to.
	Addr netip.Addr
	// Reason says what that address is.
	Reason Reason
}

// Error names the host, its address, the reason and the remedy.
func (r *Refused) Error() string { return r.Text().EN }

// Text is the error in both languages, for a person who set up what was called.
func (r *Refused) Text() fault.Text {
	words, ok := reasons[r.Reason]
	if !ok {
		words = reasons[Reserved]
	}
	return fault.T(
		fmt.Sprintf("Адрес %s (%s) — %s; вызов запрещён. Если так и нужно, добавьте сеть в PARLEY_EGRESS_ALLOW.", r.Host, r.Addr, words.RU),
		fmt.Sprintf("%s (%s) is %s and may not be called; if it should be, add its network to PARLEY_EGRESS_ALLOW", r.Host, r.Addr, words.EN),
	)
}

// Fault is the refusal as an answer to whoever typed the address in a field.
func (r *Refused) Fault(field string) *fault.Error {
	return fault.InvalidField(field, "egress_refused", r.Text()).Because(r)
}

var reasons = map[Reason]fault.Text{
	Loopback:  fault.T("сам этот сервер", "this server itself"),
	Private:   fault.T("частная сеть", "a private network"),
	LinkLocal: fault.T("локальная сеть", "a local link"),
	Carrier:   fault.T("внутренняя сеть провайдера", "a provider's inner network"),
	Multicast: fault.T("групповой адрес", "a multicast address"),
	Metadata:  fault.T("служебный адрес облака", "a cloud's metadata service"),
	Reserved:  fault.T("зарезервированный адрес", "a reserved address"),
}
