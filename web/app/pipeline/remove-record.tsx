import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Problem } from '#/api/problem'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { say } from '#/ui/toast'

interface RemoveRecordProps {
  /** Where it is cached: its noun, and its id. */
  place: [noun: 'leads' | 'requests', id: string]
  words: { ask: string; title: string; help: string; done: string }
  /** It was read, and is no longer there. */
  gone: boolean
  send: () => Promise<void>
  onGone: () => void
}

/** A record cannot be brought back with its history, so it is asked once what is lost. What a colleague deleted is left. */
export function RemoveRecord({ place, words, gone, send, onGone }: RemoveRecordProps) {
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (gone) onGone()
  }, [gone, onGone])

  async function remove(): Promise<void> {
    setBusy(true)
    try {
      await send()
    } catch (error) {
      if (!absent(error)) {
        setBusy(false)
        say(errorText(error), { tone: 'error' })
        return
      }
    }
    say(words.done)
    onGone()
    queries.removeQueries({ queryKey: place })
    void queries.invalidateQueries({ queryKey: [place[0]] })
  }
  return (
    <>
      <Button small tone="quiet" className="-ms-2.5 self-start" onClick={() => setAsking(true)}>
        {words.ask}
      </Button>
      {asking && (
        <Dialog open title={words.title} onClose={() => setAsking(false)}>
          <p className="mb-4 text-muted">{words.help}</p>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
            <Button tone="danger" disabled={busy} onClick={() => void remove()}>
              {t('common.delete')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

/** absent tells of an error that it says: there is none. */
export const absent = (error: unknown): boolean => error instanceof Problem && error.status === 404
