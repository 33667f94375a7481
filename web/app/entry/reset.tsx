import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { passwordReset } from '#/api/people'
import { signedIn } from '#/shell/session'
import { t } from '#/text/text'
import { Input } from '#/ui/field'
import { EntryForm, EntryFrame } from './frame'
import { useToken } from './token'

export function ResetPage() {
  const token = useToken()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [password, setPassword] = useState('')

  async function submit(): Promise<void> {
    await signedIn(await passwordReset.accept({ token, password }), queries)
    await navigate({ to: '/inbox', search: {} })
  }

  return (
    <EntryFrame title={() => t('reset.title')} lead={() => t('reset.lead')}>
      {() => (
        <EntryForm submit={t('reset.submit')} onSubmit={submit}>
          {(errors) => (
            <Input
              label={t('person.newPassword')}
              type="password"
              autoComplete="new-password"
              required
              autoFocus
              minLength={10}
              help={t('person.passwordHelp')}
              value={password}
              error={errors.password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </EntryForm>
      )}
    </EntryFrame>
  )
}
