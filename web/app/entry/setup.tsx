import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { setup } from '#/api/people'
import { signedIn } from '#/shell/session'
import { currentLanguage, t } from '#/text/text'
import { Input } from '#/ui/field'
import { EntryForm, EntryFrame } from './frame'

export function SetupPage() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  async function submit(): Promise<void> {
    await signedIn(await setup.create({ name, email, password, language: currentLanguage() }), queries)
    await navigate({ to: '/inbox', search: {} })
  }

  return (
    <EntryFrame title={() => t('setup.title')} lead={() => t('setup.lead')}>
      {() => (
        <EntryForm submit={t('setup.submit')} onSubmit={submit}>
          {(errors) => (
            <>
              <Input
                label={t('person.name')}
                name="name"
                autoComplete="name"
                required
                autoFocus
                value={name}
                error={errors.name}
                onChange={(event) => setName(event.target.value)}
              />
              <Input
                label={t('person.email')}
                type="email"
                autoComplete="username"
                required
                value={email}
                error={errors.email}
                onChange={(event) => setEmail(event.target.value)}
              />
              <Input
                label={t('person.password')}
                type="password"
                autoComplete="new-password"
                required
                minLength={10}
                help={t('person.passwordHelp')}
                value={password}
                error={errors.password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </>
          )}
        </EntryForm>
      )}
    </EntryFrame>
  )
}
