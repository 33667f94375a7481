package connect

import "parley/channels"

// The codes of what can be wrong with a sign-in at a provider's page, and with the access
// that it gave.
const (
	CodeClient     = "client_refused"
	CodeReturn     = "return_address"
	CodeToken      = "token_refused"
	CodeTokenSlow  = "token_timeout"
	CodeTokenLost  = "token_not_kept"
	CodeProvider   = "provider_unreachable"
	CodeNotLasting = "no_refresh_token"
	CodeDeclined   = "consent_refused"
)

var consent = channels.Phrases{
	CodeConsent:    {RU: "Разрешение больше не действует. Войдите заново на странице провайдера.", EN: "The consent no longer holds. Sign in on the provider's page again."},
	CodeClient:     {RU: "Провайдер не узнал приложение. Проверьте client_id и client_secret.", EN: "The provider does not know the application. Check client_id and client_secret."},
	CodeReturn:     {RU: "Добавьте адрес возврата этого Parley в настройки приложения у провайдера.", EN: "Add the return address of this Parley to the application's settings at the provider."},
	CodeToken:      {RU: "Провайдер отказался выдать токен. Войдите заново.", EN: "The provider refused to give a token. Sign in again."},
	CodeTokenSlow:  {RU: "Провайдер слишком долго не выдаёт токен.", EN: "Waiting for a token took too long."},
	CodeTokenLost:  {RU: "Обновлённое разрешение не удалось сохранить.", EN: "The renewed consent could not be stored."},
	CodeProvider:   {RU: "Провайдер {host} сейчас не отвечает.", EN: "The provider {host} does not answer now."},
	CodeNotLasting: {RU: "Провайдер не выдал долгое разрешение. Отзовите доступ приложения в его настройках и войдите снова.", EN: "The provider gave no lasting consent. Revoke the application's access in its settings and sign in again."},
	CodeDeclined:   {RU: "Доступ не разрешён: на странице провайдера отказались или закрыли её.", EN: "Access was not allowed: it was declined on the provider's page."},
}

var consentMissing = words("Войдите в почту на странице провайдера.", "Sign in to the mailbox on the provider's page.")

func consentPhrases() []channels.Phrase {
	return append(consent.List(), channels.Phrase{Code: CodeConsent, Words: consentMissing})
}
