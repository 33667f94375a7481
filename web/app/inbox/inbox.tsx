import { useParams } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { capture } from '#/keys/capture'
import { openConversation } from '#/live/change'
import { listKey } from '#/live/lists'
import { inbox, useInbox } from '#/live/store'
import { t } from '#/text/text'
import { Empty } from '#/ui/bits'
import { piece } from '#/ui/piece'
import { FirstSteps } from './first-steps'
import { ListPane } from './list'
import { useListQuery } from './query'

// The list is on the screen first; the conversation's code arrives while it is read.
const load = () => import('./conversation')
const ConversationPane = piece(load, 'pane')

/** The list and the conversation beside it; on a phone, one at a time. */
export function InboxScreen() {
  const { id } = useParams({ strict: false })
  // Then the list says what to do; "choose one" beside it would mislead.
  const key = listKey(useListQuery())
  const nothing = useInbox((state) => {
    const list = state.lists.get(key)
    return state.counts?.all === 0 || (list?.state === 'ready' && list.ids.length === 0)
  })
  // A piece that does not come is asked for when it is shown.
  useEffect(() => void load().catch(() => undefined), [])
  useEffect(() => {
    inbox.change((state) => openConversation(state, id ?? null))
    return () => inbox.change((state) => openConversation(state, null))
  }, [id])

  return (
    <main className="grid min-h-0 flex-1 md:grid-cols-[20rem_minmax(0,1fr)] 2xl:grid-cols-[23rem_minmax(0,1fr)]">
      <div
        className={`min-h-0 min-w-0 flex-col border-line border-e bg-surface ${id ? 'hidden md:flex' : 'flex'}`}
      >
        <ListPane openId={id} />
      </div>
      <textarea ref={capture.attach} tabIndex={-1} aria-hidden="true" className="sr-only" />
      <div className={`min-h-0 min-w-0 bg-surface ${id ? 'flex' : 'hidden md:flex'}`}>
        {id ? (
          <Suspense>
            <ConversationPane key={id} id={id} />
          </Suspense>
        ) : (
          <FirstSteps
            otherwise={
              !nothing && (
                <Empty icon="chat" title={t('inbox.noneOpen')}>
                  <p>{t('inbox.noneOpenHelp')}</p>
                </Empty>
              )
            }
          />
        )}
      </div>
    </main>
  )
}
