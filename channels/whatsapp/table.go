package whatsapp

import (
	"time"

	"parley/channels"
)

// meaning is what one of Meta's codes says about an attempt.
type meaning struct {
	kind  channels.ErrorKind
	code  string
	scope channels.Scope
	wait  time.Duration // when to come again, where Meta says so in words
}

// table is Meta's codes, after developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
// as of 15 May 2026, read 2026-11-22. A refusal that a network gives is "no": nothing of it has reached the
// contact. 1 and 131000 are Meta's "something went wrong", which may be after the fact.
var table = map[int]meaning{
	// Sign-in and rights.
	0:   {kind: channels.AuthFailed, code: CodeToken, scope: channels.ScopeAccount},
	190: {kind: channels.AuthFailed, code: CodeToken, scope: channels.ScopeAccount},
	3:   {kind: channels.AuthFailed, code: CodePermission, scope: channels.ScopeAccount},
	10:  {kind: channels.AuthFailed, code: CodePermission, scope: channels.ScopeAccount},

	131005: {kind: channels.AuthFailed, code: CodePermission, scope: channels.ScopeAccount},

	// Too fast.
	4:      {kind: channels.Transient, code: CodeRate, scope: channels.ScopeAccount, wait: time.Minute},
	80007:  {kind: channels.Transient, code: CodeRate, scope: channels.ScopeAccount, wait: time.Minute},
	130429: {kind: channels.Transient, code: CodeRate, scope: channels.ScopeAccount, wait: time.Second},
	131048: {kind: channels.Transient, code: CodeSpamRate, scope: channels.ScopeAccount, wait: time.Hour},
	131056: {kind: channels.Transient, code: CodePairRate, wait: pairInterval},
	131064: {kind: channels.Transient, code: CodeRate, wait: time.Minute},
	133016: {kind: channels.Transient, code: CodeRate, scope: channels.ScopeAccount, wait: time.Hour},

	// Out of service.
	1:      {kind: channels.Uncertain, code: CodeUnknown},
	2:      {kind: channels.Transient, code: CodeUnavailable, scope: channels.ScopeAccount},
	131000: {kind: channels.Uncertain, code: CodeUnknown},
	131016: {kind: channels.Transient, code: CodeUnavailable, scope: channels.ScopeAccount},
	131057: {kind: channels.Transient, code: CodeUnavailable, scope: channels.ScopeAccount, wait: 5 * time.Minute},
	133004: {kind: channels.Transient, code: CodeUnavailable, scope: channels.ScopeAccount},

	// The account.
	368:    {kind: channels.Permanent, code: CodeBlocked},
	130497: {kind: channels.Permanent, code: CodeCountry},
	131031: {kind: channels.Permanent, code: CodeLocked},
	131042: {kind: channels.Permanent, code: CodePayment},
	131037: {kind: channels.Permanent, code: CodeDisplayName},
	131045: {kind: channels.Permanent, code: CodeUnregistered},
	133010: {kind: channels.Permanent, code: CodeUnregistered},

	// The request.
	33:     {kind: channels.Permanent, code: CodeGone},
	100:    {kind: channels.Permanent, code: CodeParameter},
	131008: {kind: channels.Permanent, code: CodeParameter},
	131009: {kind: channels.Permanent, code: CodeParameter},
	135000: {kind: channels.Permanent, code: CodeParameter},

	// The recipient.
	130472: {kind: channels.Permanent, code: CodeExperiment},
	131021: {kind: channels.Permanent, code: CodeSelf},
	131026: {kind: channels.Permanent, code: CodeUndeliverable},
	131030: {kind: channels.Permanent, code: CodeNotAllowed},
	131047: {kind: channels.Permanent, code: CodeWindow},
	131049: {kind: channels.Permanent, code: CodeKeptBack},
	131050: {kind: channels.Permanent, code: CodeStopped},
	131051: {kind: channels.Permanent, code: CodeUnsupported},
	131062: {kind: channels.Permanent, code: CodeNeedsPhone},

	// Files.
	131052: {kind: channels.Permanent, code: CodeMediaGone},
	131053: {kind: channels.Permanent, code: CodeMediaRefused},

	// Templates.
	132000: {kind: channels.Permanent, code: CodeValues},
	132001: {kind: channels.Permanent, code: CodeNoTemplate},
	132005: {kind: channels.Permanent, code: CodeTemplate},
	132007: {kind: channels.Permanent, code: CodeTemplate},
	132012: {kind: channels.Permanent, code: CodeTemplate},
	132015: {kind: channels.Permanent, code: CodeTemplatePause},
	132016: {kind: channels.Permanent, code: CodeTemplateOff},
	132018: {kind: channels.Permanent, code: CodeTemplate},
	132068: {kind: channels.Permanent, code: CodeTemplate},
	132069: {kind: channels.Permanent, code: CodeTemplate},
}

// rights are the Graph API's codes 200 to 299: a permission was not granted, or was taken back.
const rightsFrom, rightsTo = 200, 299

// meaningOf looks a code up. known is false for one that Meta has not told of.
func meaningOf(code int) (m meaning, known bool) {
	if code >= rightsFrom && code <= rightsTo {
		return meaning{kind: channels.AuthFailed, code: CodePermission, scope: channels.ScopeAccount}, true
	}
	m, known = table[code]
	return m, known
}
