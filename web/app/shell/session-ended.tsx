import { Dialog } from '@base-ui/react/dialog'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { session as api } from '#/api/people'
import { EntryForm } from '#/entry/frame'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Input } from '#/ui/field'
import { leave, recognise, signedIn, useEnded, useSession } from './session'

/** Asks for the password where one is, over a page that stays as it was: nothing typed is lost. */
export default function SessionEnded() {
  const ended = useEnded()
  const me = useSession()?.agent
  const queries = useQueryClient()
  const [password, setPassword] = useState('')

  useEffect(() => {
    if (!ended) return
    setPassword('')
    // Another tab may have signed in meanwhile.
    const look = () => void recognise(queries).catch(() => undefined)
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [ended, queries])

  if (!ended || !me) return null
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup
          data-covers
          className="scroller fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] w-full flex-col gap-4 rounded-t-xl bg-raised p-5 shadow-pop sm:top-[12dvh] sm:bottom-auto sm:max-w-md sm:rounded-xl"
        >
          <Dialog.Title className="font-semibold text-lg">{t('session.ended')}</Dialog.Title>
          <Dialog.Description className="text-muted">{t('session.endedHelp')}</Dialog.Description>
          <EntryForm
            submit={t('session.goOn')}
            onSubmit={async () => signedIn(await api.signIn({ email: me.email, password }), queries)}
          >
            {(errors) => (
              <>
                <Input
                  label={t('person.email')}
                  type="email"
                  autoComplete="username"
                  readOnly
                  value={me.email}
                />
                <Input
                  label={t('person.password')}
                  type="password"
                  autoComplete="current-password"
                  required
                  autoFocus
                  value={password}
                  error={errors.password}
                  onChange={(event) => setPassword(event.target.value)}
                />
              </>
            )}
          </EntryForm>
          <Button tone="quiet" onClick={() => leave(queries)}>
            {t('session.other')}
          </Button>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
