import { useState } from 'react'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { take } from './take'

/** Takes a conversation of nobody. */
export function ClaimButton({ id }: { id: ID }) {
  const [busy, setBusy] = useState(false)
  return (
    <Button
      small
      busy={busy}
      onClick={() => {
        setBusy(true)
        void take(id).finally(() => setBusy(false))
      }}
    >
      {t('routing.claim')}
    </Button>
  )
}
