import { useEffect } from 'react'
import type { ID } from '#/api/types'
import { onUnscheduled } from '#/live/unscheduled'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { drafts } from './draft'

/** useUnscheduled fetches the words that came back because the contact wrote first, and says so. */
export function useUnscheduled(id: ID): void {
  useEffect(
    () =>
      onUnscheduled((conversation) => {
        if (conversation !== id) return
        void drafts.open(id)
        say(t('later.cancelled'))
      }),
    [id],
  )
}
