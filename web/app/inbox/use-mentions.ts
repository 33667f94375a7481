import { useState } from 'react'
import { useAgents } from '#/api/queries'
import type { Agent } from '#/api/types'
import { useMe } from '#/shell/session'
import { meant, type Naming, naming } from './mention-match'
import type { Fillable } from './quick-compose'
import type { Key } from './quick-use'

const most = 8

/**
 * useMentions finds colleagues by what stands behind an @ in a note. An answer goes to the contact,
 * so there an @ is just a sign.
 */
export function useMentions(note: boolean, field: () => Fillable | null) {
  const me = useMe().id
  const agents = useAgents()
  const [found, setFound] = useState<Naming | null>(null)
  const [shut, setShut] = useState(false)
  const [at, setAt] = useState(0)
  const others = agents.filter((agent) => !agent.disabled && agent.id !== me)
  const list = found && note && !shut ? meant(others, found.query).slice(0, most) : []

  function look(before: string | null): void {
    const next = before === null || !note ? null : naming(before)
    if (next?.query === found?.query && next?.length === found?.length) return
    setFound(next)
    setAt(0)
    if (next === null) setShut(false)
  }

  function choose(agent: Agent): void {
    field()?.insert(`@${agent.name} `, found?.length ?? 0)
    setFound(null)
  }

  /** key takes the keys that belong to the list while it is open. */
  function key(event: Key): boolean {
    const chosen = list[at]
    if (!chosen) return false
    if (event.key === 'Escape') setShut(true)
    else if (event.key === 'ArrowDown') setAt((at + 1) % list.length)
    else if (event.key === 'ArrowUp') setAt((at + list.length - 1) % list.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey)
      choose(chosen)
    else return false
    event.preventDefault()
    return true
  }

  return { list, at, setAt, look, key, choose }
}

export type Mentions = ReturnType<typeof useMentions>
