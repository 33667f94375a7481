import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { capture } from '#/keys/capture'
import { useKeys } from '#/keys/keys'
import { type ListQuery, listKey } from '#/live/lists'
import { loadCounts, loadList, openThread } from '#/live/load'
import { judgeSaved, refreshSaved } from '#/live/saved'
import type { List } from '#/live/state'
import { inbox, useInbox } from '#/live/store'
import { t } from '#/text/text'
import { Failed, Skeleton } from '#/ui/bits'
import { BulkBar } from './bulk-bar'
import { FirstSteps } from './first-steps'
import { intent } from './intent'
import { ListEmpty } from './list-empty'
import { ListHeader } from './list-header'
import { LookFurther } from './look-further'
import { Pins, usePins } from './pins'
import { keepFilters, useListQuery } from './query'
import { Rows } from './rows'
import { useSelection } from './selection'

const none: string[] = []

export function ListPane({ openId }: { openId: string | undefined }) {
  const query = useListQuery()
  const key = listKey(query)
  const list = useInbox((state) => state.lists.get(key))
  const pins = usePins(query)
  const ids = useMemo(() => [...pins, ...(list?.ids ?? none)], [pins, list?.ids])
  const choosing = useRef(false)
  const inSight = useRef<string>(undefined)
  const { cursor, moved, setCursor } = useCursor(list, ids, openId, query, choosing, inSight)
  const selection = useSelection(key, ids, cursor)
  choosing.current = selection.selected.size > 0

  useEffect(() => {
    inbox.change((state) => {
      state.shownKey = key
    })
    void loadList(query)
    loadCounts()
  }, [key, query])

  const saved = query.saved !== undefined
  useEffect(() => {
    if (!saved) return
    const timer = setInterval(() => void refreshSaved(key), 60_000)
    return () => clearInterval(timer)
  }, [key, saved])
  // What stayed only because it was open is judged again once it is left.
  useEffect(() => (openId ? () => judgeSaved(openId) : undefined), [openId])

  return (
    <section aria-label={t('inbox.list')} className="flex min-h-0 flex-1 flex-col">
      <ListHeader query={query} />
      <Pins ids={pins} openId={openId} cursor={cursor} onCursor={setCursor} selection={selection} />
      <FirstSteps phone />
      {list?.state === 'error' ? (
        <Failed onRetry={() => void loadList(query)} />
      ) : !list || (list.state === 'loading' && ids.length === 0) ? (
        <Skeleton rows={7} height="h-19" />
      ) : ids.length === 0 && !list.next ? (
        <ListEmpty query={query} />
      ) : list.ids.length === 0 ? null : (
        <Rows
          key={key}
          list={list}
          inSight={inSight}
          openId={openId}
          cursor={cursor}
          moved={moved}
          onCursor={setCursor}
          selection={selection}
        />
      )}
      {saved && list?.state === 'ready' && list.next && <LookFurther key={key} query={query} list={list} />}
      {selection.selected.size > 0 && <BulkBar selection={selection} />}
    </section>
  )
}

/** The row the keys stand on: the open one, or the last moved to, or the first. */
function useCursor(
  list: List | undefined,
  ids: string[],
  openId: string | undefined,
  query: ListQuery,
  choosing: RefObject<boolean>,
  inSight: RefObject<string | undefined>,
) {
  const navigate = useNavigate()
  const [chosen, setCursor] = useState<string | undefined>(openId)
  useEffect(() => {
    if (openId) setCursor(openId)
  }, [openId])
  // Somewhere in a long list its row may not be loaded; it is where it was.
  const cursor = chosen && (list?.before || ids.includes(chosen)) ? chosen : ids[0]

  const move = (by: number) => {
    const at = cursor ? ids.indexOf(cursor) : 0
    const next = at < 0 ? inSight.current : ids[Math.max(0, Math.min(ids.length - 1, at + by))]
    if (!next) return
    setCursor(next)
    if (choosing.current) return // while rows are chosen, what is open stays
    if (!openId) return intent.begin(next)
    void openThread(next)
    void navigate({ to: '/inbox/$id', params: { id: next }, search: keepFilters, replace: true })
  }
  const open = (id: string | undefined) => {
    if (id) void navigate({ to: '/inbox/$id', params: { id }, search: keepFilters })
  }
  const begin = (kind: 'reply' | 'note') => {
    const id = openId ?? cursor
    const one = id ? inbox.state.conversations.get(id) : undefined
    // In a merged conversation and in spam nobody writes: what is typed must not wait for a composer.
    if (!id || one?.merged_into || one?.spam) return
    capture.start(kind)
    if (!openId) open(cursor)
  }
  useKeys({
    KeyJ: () => move(1),
    KeyK: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => open(cursor),
    // The composer takes these over as soon as it stands.
    KeyR: () => begin('reply'),
    KeyN: () => begin('note'),
    KeyU: () => void navigate({ to: '/inbox', search: { ...query, view: query.view } }),
  })
  return { cursor, moved: chosen === cursor ? chosen : undefined, setCursor }
}
