import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { invitations } from '#/api/people'
import { signedIn, useSession } from '#/shell/session'
import { currentLanguage, t } from '#/text/text'
import { Empty } from '#/ui/bits'
import { Input } from '#/ui/field'
import { EntryForm, EntryFrame } from './frame'
import { useToken } from './token'

export function JoinPage() {
  const token = useToken()
  const queries = useQueryClient()
  const session = useSession()
  const navigate = useNavigate()
  const look = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => invitations.look(token),
    retry: false,
    // Once accepted it is gone; to ask again on the way to the inbox would be answered so.
    staleTime: 'static',
    enabled: token !== '' && !session,
  })
  const [typedName, setName] = useState<string | null>(null)
  const [password, setPassword] = useState('')
  const name = typedName ?? look.data?.name ?? ''

  async function submit(): Promise<void> {
    await signedIn(await invitations.accept({ token, name, password, language: currentLanguage() }), queries)
    await navigate({ to: '/inbox', search: {} })
  }

  if (look.isPending && (token || session)) return null
  if (!look.data) {
    return (
      <main className="flex h-dvh bg-bg">
        <Empty page icon="link" title={t('join.invalid')}>
          <p>{t('join.invalidHelp')}</p>
        </Empty>
      </main>
    )
  }
  const invited = look.data
  return (
    <EntryFrame
      title={() => t('join.title')}
      lead={() => t('join.lead', { role: t(`role.${invited.role}`) })}
    >
      {() => (
        <EntryForm submit={t('join.submit')} onSubmit={submit}>
          {(errors) => (
            <>
              <Input
                label={t('person.email')}
                type="email"
                autoComplete="username"
                readOnly
                value={invited.email}
              />
              <Input
                label={t('person.name')}
                name="name"
                autoComplete="name"
                required
                autoFocus={!invited.name}
                value={name}
                error={errors.name}
                onChange={(event) => setName(event.target.value)}
              />
              <Input
                label={t('person.password')}
                type="password"
                autoComplete="new-password"
                required
                autoFocus={Boolean(invited.name)}
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
