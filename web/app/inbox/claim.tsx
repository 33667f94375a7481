import { useState } from 'react'
import { routing } from '#/api/routing'
import type { ID } from '#/api/types'
import { loadConversation } from '#/live/load'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { say } from '#/ui/toast'
import { errorText, isTaken, tellTaken } from './actions'

/** Takes a conversation of nobody: of several who press at once one has it, and nobody more than they may hold. */
export function ClaimButton({ id }: { id: ID }) {
  const [busy, setBusy] = useState(false)

  async function claim(): Promise<void> {
    setBusy(true)
    try {
      await routing.claim(id)
      say(t('routing.claimed'))
    } catch (error) {
      if (isTaken(error)) await tellTaken(id, error)
      else say(errorText(error), { tone: 'error' })
    } finally {
      setBusy(false)
      void loadConversation(id).catch(() => undefined)
    }
  }

  return (
    <Button small busy={busy} onClick={() => void claim()}>
      {t('routing.claim')}
    </Button>
  )
}
