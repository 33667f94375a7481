import { useEffect } from 'react'
import { hasPins, type ListQuery, listKey } from '#/live/lists'
import { loadList } from '#/live/load'
import { inbox, useInbox } from '#/live/store'
import { t } from '#/text/text'
import { Row } from './row'
import { SelectBox } from './select-box'
import type { Selection } from './selection'

const none: string[] = []

/** usePins is what stands above a list: the conversations that the reader pinned and that belong there. */
export function usePins(query: ListQuery): string[] {
  const pins = { ...query, pinned: true }
  const key = listKey(pins)
  const wanted = hasPins(query)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the query
  useEffect(() => {
    if (wanted) void loadList(pins)
  }, [key, wanted])
  return useInbox((state) => (wanted ? state.lists.get(key)?.ids : undefined)) ?? none
}

interface PinsProps {
  ids: string[]
  openId: string | undefined
  cursor: string | undefined
  onCursor: (id: string) => void
  selection: Selection
}

export function Pins({ ids, openId, cursor, onCursor, selection }: PinsProps) {
  if (ids.length === 0) return null
  return (
    <ul
      aria-label={t('pin.list')}
      data-testid="pins"
      className="scroller max-h-[40%] shrink-0 border-line-strong border-b-2"
    >
      {ids.map((id) => (
        <li key={id} className="group/row relative h-19">
          <SelectBox
            name={inbox.state.conversations.get(id)?.contact_name || t('contact.nameless')}
            chosen={selection.selected.has(id)}
            choosing={selection.selected.size > 0}
            id={id}
            onChoose={selection.choose}
          />
          <Row id={id} open={id === openId} at={id === cursor} onFocus={onCursor} />
        </li>
      ))}
    </ul>
  )
}
