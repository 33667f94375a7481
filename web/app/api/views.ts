/** Saved views: lists of conversations by conditions, under a name. */
import { useQuery } from '@tanstack/react-query'
import { call } from './http'
import type { RuleField } from './rules'
import type { components } from './schema'
import type { ID, Page } from './types'

type Schemas = components['schemas']

export type SavedView = Schemas['View']
export type NewView = Schemas['NewView']
export type ViewCount = Schemas['ViewCount']
export type ViewPreview = Schemas['ViewPreview']

export const savedViews = {
  fields: () => call<Page<RuleField>>('GET', '/views/fields'),
  list: () => call<Page<SavedView>>('GET', '/views'),
  create: (body: NewView) => call<SavedView>('POST', '/views', { body }),
  update: (id: ID, body: Partial<NewView>) => call<SavedView>('PATCH', `/views/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/views/${id}`),
  counts: () => call<Page<ViewCount>>('GET', '/views/counts'),
  preview: (body: Pick<NewView, 'conditions' | 'sort'>, signal?: AbortSignal) =>
    call<ViewPreview>('POST', '/views/preview', { body, signal }),
  /** Which of some conversations a view shows: only the server can judge every condition. */
  matches: (id: ID, ids: ID[]) =>
    call<Schemas['ViewMatches']>('GET', `/views/${id}/matches`, { query: { ids: ids.join(',') } }),
}

/** A colleague may add one for everybody, and no event tells. */
const kept = { staleTime: 60_000, refetchInterval: 5 * 60_000 }

export const useSavedViews = () =>
  useQuery({ queryKey: ['views'], queryFn: savedViews.list, select: (page) => page.items, ...kept }).data ??
  []
