import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { session, setup } from '#/api/people'
import { signedIn } from '#/shell/session'
import { t } from '#/text/text'
import { Input } from '#/ui/field'
import { EntryForm, EntryFrame } from './frame'

export function SignInPage() {
  const queries = useQueryClient()
  const router = useRouter()
  const { to } = useSearch({ from: '/sign-in' })
  const mail = useQuery({ queryKey: ['setup'], queryFn: setup.look }).data?.mail
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  async function submit(): Promise<void> {
    await signedIn(await session.signIn({ email, password }), queries)
    router.history.push(to ?? '/inbox')
  }

  return (
    <EntryFrame title={() => t('signIn.title')}>
      {() => (
        <EntryForm submit={t('signIn.submit')} onSubmit={submit}>
          {(errors) => (
            <>
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
              <Input
                label={t('person.password')}
                type="password"
                autoComplete="current-password"
                required
                value={password}
                error={errors.password}
                help={
                  mail ? (
                    <Link
                      to="/forgot"
                      className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
                    >
                      {t('signIn.forgotLink')}
                    </Link>
                  ) : (
                    t('signIn.forgot')
                  )
                }
                onChange={(event) => setPassword(event.target.value)}
              />
            </>
          )}
        </EntryForm>
      )}
    </EntryFrame>
  )
}
