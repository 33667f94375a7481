import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { useAccounts } from '#/api/queries'
import { contacts } from '#/api/records'
import type { Contact } from '#/api/types'
import { t } from '#/text/text'
import { Avatar, Empty, Failed, Skeleton } from '#/ui/bits'
import { Button, IconButton } from '#/ui/button'
import { controlClass } from '#/ui/field'
import { piece } from '#/ui/piece'
import { ContactPage } from './contact'
import { DuplicatesPage } from './duplicates'
import { knownBy } from './identities'

const NewContact = piece(() => import('./new-contact'))

export function ContactsScreen() {
  const { id } = useParams({ strict: false })
  const duplicates = useLocation().pathname.endsWith('/duplicates')
  const open = id !== undefined || duplicates
  return (
    <main className="grid min-h-0 flex-1 md:grid-cols-[20rem_minmax(0,1fr)]">
      <div
        className={`min-h-0 min-w-0 flex-col border-line border-e bg-surface ${open ? 'hidden md:flex' : 'flex'}`}
      >
        <ContactList openId={id} />
      </div>
      <div className={`min-h-0 min-w-0 bg-surface ${open ? 'flex' : 'hidden md:flex'}`}>
        {duplicates ? (
          <DuplicatesPage />
        ) : id ? (
          <ContactPage key={id} id={id} />
        ) : (
          <Empty icon="users" title={t('contacts.noneOpen')}>
            <p>{t('contacts.noneOpenHelp')}</p>
          </Empty>
        )}
      </div>
    </main>
  )
}

function ContactList({ openId }: { openId: string | undefined }) {
  const navigate = useNavigate()
  const { q } = useSearch({ from: '/desk/contacts' })
  const [text, setText] = useState(q ?? '')
  const [adding, setAdding] = useState(false)
  useEffect(() => {
    if (text.trim() === (q ?? '')) return
    const timer = setTimeout(
      () => void navigate({ to: '.', search: { q: text.trim() || undefined }, replace: true }),
      200,
    )
    return () => clearTimeout(timer)
  }, [text, q, navigate])
  const list = useInfiniteQuery({
    queryKey: ['contacts', 'list', q],
    queryFn: ({ pageParam }) => contacts.list({ q, cursor: pageParam, limit: 50 }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    placeholderData: (old) => old,
  })
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)

  return (
    <section aria-label={t('nav.contacts')} className="flex min-h-0 flex-1 flex-col">
      <header className="flex flex-col border-line border-b px-3.5 pb-2.5">
        <div className="flex h-13 items-center gap-1">
          <h1 className="flex-1 font-semibold text-lg">{t('nav.contacts')}</h1>
          <Link
            to="/contacts/duplicates"
            search={(old) => old}
            className="rounded-md px-2 py-1 text-muted text-sm hover:bg-hover hover:text-text aria-[current=page]:bg-hover aria-[current=page]:text-text"
          >
            {t('duplicates.title')}
          </Link>
          <IconButton icon="plus" label={t('contacts.new')} onClick={() => setAdding(true)} />
        </div>
        <input
          type="search"
          aria-label={t('contacts.search')}
          placeholder={t('contacts.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={`${controlClass} h-8`}
        />
      </header>
      {adding && (
        <Suspense>
          <NewContact onClose={() => setAdding(false)} />
        </Suspense>
      )}
      {list.isError ? (
        <Failed onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Skeleton height="h-14" />
      ) : items.length === 0 ? (
        <Empty icon="users" title={q ? t('common.nothingFound') : t('contacts.empty')}>
          {!q && <p>{t('contacts.emptyHelp')}</p>}
        </Empty>
      ) : (
        <div className="scroller min-h-0 flex-1">
          <ul>
            {items.map((contact) => (
              <ContactRow key={contact.id} contact={contact} open={contact.id === openId} />
            ))}
          </ul>
          {list.hasNextPage && (
            <div className="p-3 text-center">
              <Button small busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('common.showMore')}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  )
}

function ContactRow({ contact, open }: { contact: Contact; open: boolean }) {
  const known = knownBy(contact, useAccounts())
  const name = contact.name || known || t('contact.nameless')
  return (
    <li>
      <Link
        to="/contacts/$id"
        params={{ id: contact.id }}
        search={(old) => old}
        aria-current={open ? 'true' : undefined}
        className={`flex h-14 items-center gap-3 border-line border-b px-3.5 focus-visible:-outline-offset-2 ${open ? 'bg-accent-soft' : 'hover:bg-hover'}`}
      >
        <Avatar name={name} />
        <span className="flex min-w-0 flex-col">
          <span dir="auto" className="truncate font-medium">
            {name}
          </span>
          {known !== name && (
            <span dir="auto" className="truncate text-muted text-sm">
              {known}
            </span>
          )}
        </span>
      </Link>
    </li>
  )
}
