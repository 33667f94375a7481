import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import type { Kept } from '#/ui/kept'
import { say } from '#/ui/toast'
import { useForm } from '../rules/use-form'
import { sayRemoved } from './say-removed'
import type { Base, Shape, Versioned } from './stand'
import { useKeptDraft } from './use-draft'

interface Item extends Versioned {
  id: ID
  name: string
  /** Its place among the others. */
  position: number
}

/** Of what a page edits one: where all of them stand, and what is said when one is gone. */
interface List<W> {
  section: string
  queryKey: string[]
  api: {
    create: (body: W) => Promise<unknown>
    update: (id: ID, body: W & { version?: number }) => Promise<unknown>
    remove: (id: ID) => Promise<unknown>
  }
  removed: (name: string) => string
}

/** useItem is how a page writes one of a list, saves it or removes it with a way back, and leads to the list again. */
export function useItem<T extends Item, W, D>(
  kept: Kept<Base<W>>,
  shape: Shape<T, W, D>,
  item: T | null,
  { section, queryKey, api, removed }: List<W>,
) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const edit = useKeptDraft(kept, shape, item)
  const { busy, errors, run, forget } = useForm(edit.refused)
  const reread = () => void queries.invalidateQueries({ queryKey })

  async function leave(): Promise<void> {
    edit.finish()
    reread()
    await navigate({ to: '/settings/$section', params: { section } })
  }

  async function save(version: number | undefined): Promise<void> {
    const body = shape.write(edit.draft)
    const call = () => (item ? api.update(item.id, { ...body, version }) : api.create(body))
    if ((await run(() => call().then(() => true))) === null) return
    say(t('common.saved'))
    await leave()
  }

  async function remove(gone: T): Promise<void> {
    if ((await run(() => api.remove(gone.id).then(() => true))) === null) return
    const again = { ...shape.of(gone), position: gone.position }
    sayRemoved(removed(gone.name), () => api.create(again).then(reread))
    await leave()
  }

  return { ...edit, busy, errors, run, forgive: forget, save, remove: item && (() => remove(item)) }
}
