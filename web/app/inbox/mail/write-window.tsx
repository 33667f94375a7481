import { Suspense } from 'react'
import { useAccounts } from '#/api/queries'
import { useKeys } from '#/keys/keys'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { piece } from '#/ui/piece'
import { useWriting } from './write-store'
import { writing } from './writing'

const WriteDialog = piece(() => import('./write'))

/** The window of a first message, wherever one is; its code comes when it is first opened. */
export function WriteWindow() {
  const { open } = useWriting(writing)
  useKeys({ KeyC: () => writing.open() })
  if (!open) return null
  return (
    <Suspense>
      <WriteDialog />
    </Suspense>
  )
}

/** The button that writes first; there is none where no channel can. */
export function WriteButton() {
  const can = useAccounts().some((account) => account.writes_to !== '')
  if (!can) return null
  return <IconButton icon="pen" label={t('write.open')} hint="C" onClick={() => writing.open()} />
}
