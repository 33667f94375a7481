import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ID } from '#/api/types'
import { useForm } from '../rules/use-form'
import { keptOf } from './kept-state'
import { sayRemoved } from './say-removed'
import type { Base, Shape, Versioned } from './stand'
import { useKeptDraft } from './use-draft'

interface Row extends Versioned {
  id: ID
  name: string
}

/** What becomes of a row of a list: where it is kept, and what is said when it is gone. */
interface List<T, W> {
  queryKey: string[]
  api: {
    create: (body: W) => Promise<unknown>
    update: (id: ID, body: W & { version?: number }) => Promise<unknown>
    remove: (id: ID) => Promise<unknown>
  }
  removed: (name: string) => string
  /** Writes it again as it was; what create makes of it unless told. */
  again?: (item: T) => Promise<unknown>
  onClose: () => void
}

/**
 * useRow is how a dialog writes a row of a list, saves it, or removes it with a way back: the list is read again, the dialog closed.
 * What is typed is kept until it is saved, cancelled or removed, whatever else closes the dialog.
 */
export function useRow<T extends Row, W, D>(shape: Shape<T, W, D>, item: T | null, list: List<T, W>) {
  const { queryKey, api, removed, again, onClose } = list
  const queries = useQueryClient()
  const [kept] = useState(() => keptOf<Base<W>>(`row.${queryKey.join('.')}`))
  const edit = useKeptDraft(kept, shape, item)
  const { busy, errors, run } = useForm(edit.refused)
  const reread = () => void queries.invalidateQueries({ queryKey })

  /** attempt says whether it went; what was wrong is in the errors then. */
  async function attempt(call: () => Promise<unknown>): Promise<boolean> {
    if ((await run(() => call().then(() => true))) === null) return false
    edit.finish()
    reread()
    onClose()
    return true
  }

  const save = (version: number | undefined) => {
    const body = shape.write(edit.draft)
    return attempt(() => (item ? api.update(item.id, { ...body, version }) : api.create(body)))
  }

  async function remove(gone: T): Promise<void> {
    const restore = () => (again ? again(gone) : api.create(shape.of(gone)))
    if (await attempt(() => api.remove(gone.id))) sayRemoved(removed(gone.name), () => restore().then(reread))
  }

  function cancel(): void {
    edit.finish()
    onClose()
  }

  return { ...edit, busy, errors, save, cancel, remove: item && (() => remove(item)) }
}
