import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { passwordReset } from '#/api/people'
import { t } from '#/text/text'
import { Input } from '#/ui/field'
import { EntryForm, EntryFrame } from './frame'

/** Asks for a link to set a new password. The answer is the same whoever has the address. */
export function ForgotPage() {
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)

  async function submit(): Promise<void> {
    await passwordReset.ask(email)
    setSent(true)
  }

  return (
    <EntryFrame title={() => t('forgot.title')} lead={() => t('forgot.lead')}>
      {() => (
        <>
          {sent ? (
            <p role="status" className="text-pretty rounded-md bg-ok-soft px-3 py-2 text-ok">
              {t('forgot.sent', { email })}
            </p>
          ) : (
            <EntryForm submit={t('forgot.submit')} onSubmit={submit}>
              {(errors) => (
                <Input
                  label={t('person.email')}
                  type="email"
                  autoComplete="username"
                  required
                  autoFocus
                  value={email}
                  error={errors.email}
                  onChange={(event) => setEmail(event.target.value)}
                />
              )}
            </EntryForm>
          )}
          <Link
            to="/sign-in"
            search={{}}
            className="min-h-6 self-start font-medium text-accent hover:underline"
          >
            {t('forgot.back')}
          </Link>
        </>
      )}
    </EntryFrame>
  )
}
