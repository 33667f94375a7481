import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Changing, leads, requests } from '#/api/records'
import type { ID, Inquiry, Lead } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { meanwhileOf, type Outcome, sayMeanwhile } from './meanwhile'

/** backTo is what puts the fields of a change back to what they were. */
export function backTo<T extends object>(before: T, change: Partial<T>): Partial<T> {
  const keys = Object.keys(change) as (keyof T)[]
  return Object.fromEntries(keys.map((key) => [key, before[key]])) as Partial<T>
}

/** What is said of something that was done, and how it is taken back. */
interface Said<T> {
  text: string
  undo: () => Promise<T>
}

/** Does something to a record; where it says so, that can be taken back. */
type Run<T> = (send: () => Promise<T>, said?: (stored: T) => Said<T>) => void

/** What keeping a record current takes: where it is, how the server is told, and what is said of it. */
interface Source<T> {
  noun: 'contacts' | 'leads' | 'requests'
  id: ID
  said: () => string
  get: (id: ID) => Promise<T>
  update: (id: ID, body: Changing<T>) => Promise<T>
}

/** useRecord reads a record and changes it, each field for itself, unless somebody else has changed that one meanwhile. */
export function useRecord<T extends object>({ noun, id, said, get, update }: Source<T>) {
  const queries = useQueryClient()
  const key = [noun, id]
  const query = useQuery({ queryKey: key, queryFn: () => get(id) })
  const record = query.data
  const fresh = () => queries.invalidateQueries({ queryKey: [noun] })
  const took = (stored: T) => {
    queries.setQueryData(key, stored)
    void fresh()
  }
  const complain = (error: unknown) => {
    say(errorText(error), { tone: 'error' })
    if (meanwhileOf(error, noun)) void fresh()
  }
  // Said here and not by the component: a window that closed meanwhile hears no more of what it began.
  const run: Run<T> = (send, said) =>
    void send().then((stored) => {
      took(stored)
      const done = said?.(stored)
      if (done) say(done.text, { undo: () => run(done.undo) })
    }, complain)
  /** Changes fields that were what was seen, says so and offers to take it back. */
  const keep = async (body: Partial<T>, was: Partial<T>): Promise<Outcome> => {
    try {
      const stored = await update(id, { ...body, was })
      took(stored)
      const undo = () => run(() => update(id, { ...was, was: backTo(stored, body) }))
      say(said(), { undo })
      return 'kept'
    } catch (error) {
      const theirs = meanwhileOf(error, noun)
      if (theirs) void fresh()
      else complain(error)
      return theirs ?? 'failed'
    }
  }
  /** keepField stores a field that is typed over what was seen in it. */
  const keepField = <K extends keyof T & string>(field: K) => ({
    place: `${noun}.${id}.${field}`,
    onKeep: (value: T[K], was: T[K]): Promise<Outcome> =>
      keep({ [field]: value } as unknown as Partial<T>, { [field]: was } as unknown as Partial<T>),
  })
  /** change stores a field that is chosen; whoever was slower is told at the bottom. */
  const change = async <K extends keyof T & string>(field: K, value: T[K]): Promise<void> => {
    if (!record) return
    const put = keepField(field).onKeep
    const outcome = await put(value, record[field])
    if (typeof outcome === 'object') sayMeanwhile(outcome, (was) => put(value, was as T[K]))
  }
  return { query, record, change, keepField, run, took }
}

export function useRequest(id: ID) {
  const said = () => t('request.changed')
  const { record, ...rest } = useRecord<Inquiry>({ ...requests, noun: 'requests', id, said })
  return { request: record, ...rest }
}

export function useLead(id: ID) {
  const said = () => t('lead.changed')
  const { record, run, ...rest } = useRecord<Lead>({ ...leads, noun: 'leads', id, said })
  const name = record?.contact_name || t('contact.nameless')
  /** An open lead is won or lost by this, and undone it is open on its stage again, unless it was moved on since. */
  const undoOf = (stored: Lead) => () => {
    const back = { status: 'open' as const, stage_id: record?.stage_id }
    return leads.update(id, { ...back, was: backTo(stored, back) })
  }
  return {
    lead: record,
    run,
    ...rest,
    convert: () =>
      run(
        () => leads.convert(id),
        (stored) => ({ text: t('lead.converted', { name }), undo: undoOf(stored) }),
      ),
    lose: (lost_reason: string) =>
      run(
        () => leads.update(id, { status: 'lost', lost_reason, was: { status: record?.status } }),
        (stored) => ({ text: t('lead.lost', { name }), undo: undoOf(stored) }),
      ),
  }
}
