import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type DuplicatePair, duplicates } from '#/api/people-records'
import type { Contact } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { Avatar, Empty, Failed, More, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { say } from '#/ui/toast'
import { Addresses } from './addresses'
import { MergePreviewDialog } from './merge-preview'

export const nameOf = (contact: Contact): string =>
  contact.name || contact.identities[0]?.address || t('contact.nameless')

/** Contacts that are likely one person, the likeliest first. */
export function DuplicatesPage() {
  const [merging, setMerging] = useState<DuplicatePair | null>(null)
  const list = useInfiniteQuery({
    queryKey: ['contacts', 'pairs'],
    queryFn: ({ pageParam }) => duplicates.list(pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const pairs = (list.data?.pages ?? []).flatMap((page) => page.items)
  if (list.isError) return <Failed onRetry={() => void list.refetch()} />
  if (list.isPending) return <Skeleton rows={4} />
  return (
    <section aria-label={t('duplicates.title')} className="scroller min-h-0 flex-1">
      <div className="mx-auto flex max-w-2xl flex-col gap-4 px-5 py-6">
        <header className="flex items-start gap-2">
          <Link
            to="/contacts"
            search={(old) => ({ q: old.q })}
            aria-label={t('common.back')}
            className="-ms-2 grid size-9 shrink-0 place-items-center rounded-md text-muted hover:bg-hover md:hidden"
          >
            <Icon name="back" />
          </Link>
          <div className="flex flex-col gap-1">
            <h2 className="font-semibold text-xl">{t('duplicates.title')}</h2>
            <p className="text-pretty text-muted">{t('duplicates.help')}</p>
          </div>
        </header>
        {pairs.length === 0 && !list.hasNextPage && (
          <Empty icon="users" title={t('duplicates.empty')}>
            <p>{t('duplicates.emptyHelp')}</p>
          </Empty>
        )}
        <ul className="flex flex-col gap-3">
          {pairs.map((pair) => (
            <Pair key={`${pair.contact.id} ${pair.other.id}`} pair={pair} onMerge={() => setMerging(pair)} />
          ))}
        </ul>
        <More list={list} />
      </div>
      {merging && (
        <MergePreviewDialog a={merging.contact} b={merging.other} onClose={() => setMerging(null)} />
      )}
    </section>
  )
}

function Pair({ pair, onMerge }: { pair: DuplicatePair; onMerge: () => void }) {
  const names = { a: nameOf(pair.contact), b: nameOf(pair.other) }
  const { dismiss } = useDistinct()
  return (
    <li
      data-testid="pair"
      aria-label={t('duplicates.pair', names)}
      className="flex flex-col gap-3 rounded-lg border border-line p-3.5"
    >
      <div className="grid gap-2 sm:grid-cols-2">
        <One contact={pair.contact} />
        <One contact={pair.other} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-40 flex-1 text-pretty text-muted text-sm [overflow-wrap:anywhere]">
          {whyOf(pair)}
        </p>
        <Button small tone="quiet" onClick={() => dismiss.mutate(pair)}>
          {t('duplicates.not')}
        </Button>
        <Button small tone="primary" onClick={onMerge}>
          {t('merge.merge')}
        </Button>
      </div>
    </li>
  )
}

function One({ contact }: { contact: Contact }) {
  return (
    <Link
      to="/contacts/$id"
      params={{ id: contact.id }}
      className="flex min-w-0 items-center gap-3 rounded-md p-1 hover:bg-hover"
    >
      <Avatar name={nameOf(contact)} />
      <span className="flex min-w-0 flex-col">
        <span dir="auto" className="truncate font-medium">
          {nameOf(contact)}
        </span>
        <span className="truncate text-muted text-sm">
          <Addresses of={contact} />
        </span>
      </span>
    </Link>
  )
}

/** whyOf says what speaks for two contacts being one person. */
export function whyOf(pair: Pick<DuplicatePair, 'addresses' | 'same_name' | 'signs'>): string {
  const said: string[] = []
  if (pair.addresses.length > 0) {
    const address = pair.addresses.map((item) => item.address).join(', ')
    said.push(t('duplicates.sameAddress', { address }))
  }
  if (pair.same_name) said.push(t('duplicates.sameName'))
  for (const sign of pair.signs) {
    if (sign === 'company' || sign === 'mailbox') said.push(t(`duplicates.sign.${sign}`))
    else said.push(t('duplicates.sign.field', { name: sign.replace(/^fields\./, '') }))
  }
  return said.join(' · ')
}

/** Saying that two are not one person, and taking that back. */
export function useDistinct() {
  const queries = useQueryClient()
  const fresh = () => queries.invalidateQueries({ queryKey: ['contacts'] })
  const names = (pair: DuplicatePair) => ({ a: nameOf(pair.contact), b: nameOf(pair.other) })
  const onError = (error: unknown) => say(errorText(error), { tone: 'error' })
  const restore = useMutation({
    mutationFn: (pair: DuplicatePair) => duplicates.alike(pair.contact.id, pair.other.id),
    onSuccess: (_, pair) => {
      void fresh()
      say(t('duplicates.saidBack', names(pair)))
    },
    onError,
  })
  const dismiss = useMutation({
    mutationFn: (pair: DuplicatePair) => duplicates.distinct(pair.contact.id, pair.other.id),
    onSuccess: (_, pair) => {
      void fresh()
      say(t('duplicates.said', names(pair)), { undo: () => restore.mutate(pair) })
    },
    onError,
  })
  return { dismiss }
}
