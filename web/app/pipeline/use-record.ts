import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { leads, requests } from '#/api/records'
import type { ID, Inquiry, Lead } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { say } from '#/ui/toast'

/** backTo is what puts the fields of a change back to what they were. */
export function backTo<T extends object>(before: T, change: Partial<T>): Partial<T> {
  const keys = Object.keys(change) as (keyof T)[]
  return Object.fromEntries(keys.map((key) => [key, before[key]])) as Partial<T>
}

/** What keeping a record current takes: where it is, and how the server is told. */
interface Source<T> {
  noun: 'leads' | 'requests'
  id: ID
  get: (id: ID) => Promise<T>
  update: (id: ID, body: Partial<T>) => Promise<T>
}

function useRecord<T extends object>({ noun, id, get, update }: Source<T>) {
  const queries = useQueryClient()
  const key = [noun, id]
  const record = useQuery({ queryKey: key, queryFn: () => get(id) }).data
  const { mutate: run, isPending } = useMutation({
    mutationFn: (send: () => Promise<T>) => send(),
    onSuccess: (stored) => {
      queries.setQueryData(key, stored)
      void queries.invalidateQueries({ queryKey: [noun] })
    },
    onError: (error) => say(errorText(error), { tone: 'error' }),
  })
  /** Changes fields, says so and offers to take it back. */
  const change = (body: Partial<T>, said: string) => {
    if (!record) return
    const undo = () => run(() => update(id, backTo(record, body)))
    run(async () => {
      const stored = await update(id, body)
      // Said here: a window that closed meanwhile hears no more of what it began.
      say(said, { undo })
      return stored
    })
  }
  return { record, change, run, isPending }
}

export function useRequest(id: ID) {
  const { record, change, run, isPending } = useRecord<Inquiry>({
    noun: 'requests',
    id,
    get: requests.get,
    update: requests.update,
  })
  return {
    request: record,
    change: (body: Partial<Inquiry>) => change(body, t('request.changed')),
    run,
    isPending,
  }
}

export function useLead(id: ID) {
  const { record, change, run, isPending } = useRecord<Lead>({
    noun: 'leads',
    id,
    get: leads.get,
    update: leads.update,
  })
  const name = record?.contact_name || t('contact.nameless')
  /** An open lead is won or lost by this, and undone it is open on its stage again. */
  const reopen = () => ({ status: 'open', stage_id: record?.stage_id }) as Partial<Lead>
  const undo = () => run(() => leads.update(id, reopen()))
  return {
    lead: record,
    isPending,
    change: (body: Partial<Lead>) => change(body, t('lead.changed')),
    convert: () =>
      run(() => leads.convert(id), { onSuccess: () => say(t('lead.converted', { name }), { undo }) }),
    lose: (lost_reason: string) =>
      run(() => leads.update(id, { status: 'lost', lost_reason }), {
        onSuccess: () => say(t('lead.lost', { name }), { undo }),
      }),
  }
}
