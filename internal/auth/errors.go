package auth

import (
	"errors"

	"parley/internal/fault"
)

// What a Store answers when a row is not there, or when another row holds a
// value that must be unique. They are not faults: Service says what they mean.
var (
	ErrAbsent = errors.New("no such row")
	ErrTaken  = errors.New("unique value is taken")
)

// The refusals of this package. Compare with errors.Is.
var (
	ErrBadCredentials = fault.New(fault.Unauthenticated, "bad_credentials", fault.T(
		"Неверная почта или пароль.", "The e-mail or the password is wrong."))
	ErrUnauthenticated = fault.New(fault.Unauthenticated, "unauthenticated", fault.T(
		"Войдите, чтобы продолжить.", "Sign in to continue."))
	ErrBadKey = fault.New(fault.Unauthenticated, "bad_api_key", fault.T(
		"Ключ API неверен или отозван.", "The API key is wrong or was revoked."))
	ErrDisabled = fault.New(fault.Forbidden, "agent_disabled", fault.T(
		"Ваша учётная запись отключена. Обратитесь к администратору.", "Your account is disabled. Ask an administrator."))
	ErrForbidden = fault.New(fault.Forbidden, "forbidden", fault.T(
		"Ваша роль этого не позволяет.", "Your role does not allow this."))
	ErrThrottled = fault.New(fault.TooMany, "throttled", fault.T(
		"Слишком много попыток. Подождите немного.", "Too many attempts. Wait a little."))
	ErrBusy = fault.New(fault.Unavailable, "busy", fault.T(
		"Сейчас входят слишком многие. Повторите через несколько секунд.", "Too many people are signing in. Try again in a few seconds."))
	ErrAlreadySetUp = fault.New(fault.Conflict, "already_set_up", fault.T(
		"Администратор уже создан. Войдите.", "An administrator exists already. Sign in."))
	ErrLastAdmin = fault.New(fault.Conflict, "last_admin", fault.T(
		"Это последний администратор. Сначала назначьте другого.", "This is the last administrator. Appoint another one first."))
	ErrNoAgent      = fault.New(fault.NotFound, "agent_not_found", fault.T("Такого сотрудника нет.", "There is no such agent."))
	ErrNoTeam       = fault.New(fault.NotFound, "team_not_found", fault.T("Такой группы нет.", "There is no such team."))
	ErrNoSession    = fault.New(fault.NotFound, "session_not_found", fault.T("Такого сеанса нет.", "There is no such session."))
	ErrNoKey        = fault.New(fault.NotFound, "api_key_not_found", fault.T("Такого ключа нет.", "There is no such API key."))
	ErrNoInvitation = fault.New(fault.NotFound, "invitation_not_found", fault.T(
		"Приглашение не найдено. Попросите прислать новое.", "The invitation was not found. Ask for a new one."))
	ErrInvitationGone = fault.New(fault.Gone, "invitation_gone", fault.T(
		"Приглашение истекло или уже использовано. Попросите прислать новое.", "The invitation has expired or was used. Ask for a new one."))
	ErrNoReset = fault.New(fault.NotFound, "reset_not_found", fault.T(
		"Ссылка не найдена. Попросите администратора прислать новую.", "The link was not found. Ask an administrator for a new one."))
	ErrResetGone = fault.New(fault.Gone, "reset_gone", fault.T(
		"Ссылка истекла или уже использована. Попросите администратора прислать новую.", "The link has expired or was used. Ask an administrator for a new one."))
	ErrEmailTaken = fault.InvalidField("email", "taken", fault.T(
		"Сотрудник с этой почтой уже есть.", "There is already an agent with this e-mail."))
	ErrTeamTaken = fault.InvalidField("name", "taken", fault.T(
		"Группа с таким названием уже есть.", "There is already a team of this name."))
)
