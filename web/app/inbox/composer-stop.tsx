import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { conversations } from '#/api/inbox'
import type { Conversation, Stop } from '#/api/types'
import { useSave } from '#/settings/use-save'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Button } from '#/ui/button'
import { Icon } from '#/ui/icons'

/** The contact wants no messages here: said where one would be written, with the way to lift it. */
export function StopLine({ conversation, stop }: { conversation: Conversation; stop: Stop }) {
  const queries = useQueryClient()
  const save = useSave('limits', 'contacts')
  const [asked, setAsked] = useState(false)

  async function lift(): Promise<void> {
    await conversations.liftStop(conversation.id)
    setAsked(false)
    await queries.invalidateQueries({ queryKey: ['timeline', conversation.id] })
  }

  return (
    <div
      role="status"
      data-testid="composer-stop"
      className="flex flex-wrap items-center gap-2 border-line border-b px-3.5 py-1.5 text-danger text-sm"
    >
      <Icon name="alert" className="size-4!" />
      <span dir="auto" className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {asked ? t('stop.sure') : t('stop.said', { word: stop.word, time: fullTime(stop.at) })}
      </span>
      {asked && (
        <Button small onClick={() => setAsked(false)}>
          {t('common.cancel')}
        </Button>
      )}
      <Button small busy={save.isPending} onClick={() => (asked ? save.mutate(lift) : setAsked(true))}>
        {t('stop.lift')}
      </Button>
    </div>
  )
}
