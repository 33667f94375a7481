import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { conversations } from '#/api/inbox'
import { useAgents } from '#/api/queries'
import type { Contact, Conversation } from '#/api/types'
import { ChannelMark } from '#/inbox/channel-mark'
import { Theirs } from '#/pipeline/theirs'
import { type Keeping, useKept } from '#/pipeline/use-kept'
import { inOneLanguage } from '#/text/said'
import { t } from '#/text/text'
import { shortTime } from '#/text/time'
import { Avatar, Badge, Failed, Skeleton } from '#/ui/bits'
import { Select } from '#/ui/field'
import { Icon } from '#/ui/icons'
import { Options } from '#/ui/options'
import { AddAddress } from './add-address'
import { FieldHistory } from './history'
import { ContactIdentities } from './identities'
import { MergePreviewDialog } from './merge-preview'
import { ContactMerging } from './merging'
import { useContact } from './use-contact'

export function ContactPage({ id }: { id: string }) {
  const navigate = useNavigate()
  const { contact, change, keepField, add, remove } = useContact(id)
  const agents = useAgents()
  const [merging, setMerging] = useState<Contact | null>(null)
  const moved = contact.data && contact.data.id !== id ? contact.data.id : null
  useEffect(() => {
    if (moved)
      void navigate({ to: '/contacts/$id', params: { id: moved }, search: (old) => old, replace: true })
  }, [moved, navigate])
  if (contact.isError) return <Failed onRetry={() => void contact.refetch()} />
  if (!contact.data) return <Skeleton rows={3} />
  const person = contact.data

  return (
    <div className="scroller min-h-0 flex-1">
      <div className="mx-auto flex max-w-2xl flex-col gap-8 px-5 py-6">
        <header className="flex items-center gap-4">
          <Link
            to="/contacts"
            search={(old) => old}
            aria-label={t('common.back')}
            className="-ms-2 grid size-9 place-items-center rounded-md text-muted hover:bg-hover md:hidden"
          >
            <Icon name="back" />
          </Link>
          <Avatar name={person.name || '?'} size="lg" />
          <NameField key={person.id} required value={person.name} {...keepField('name')} />
        </header>
        <div className="grid grid-cols-1 gap-8 sm:grid-cols-2">
          <section className="flex flex-col gap-2">
            <h2 className="font-medium text-muted text-sm">{t('contact.identities')}</h2>
            <ContactIdentities contact={person} onRemove={remove} />
            <AddAddress
              key={person.id}
              contact={person}
              onAdd={add}
              onOpen={(other) => void navigate({ to: '/contacts/$id', params: { id: other.id }, search: {} })}
              onMerge={setMerging}
            />
          </section>
          <Select
            label={t('contact.owner')}
            value={person.owner_id ?? ''}
            onChange={(event) => change('owner_id', event.target.value || null)}
          >
            <Options of={agents} none={t('act.nobody')} />
          </Select>
        </div>
        <ContactConversations id={id} />
        <ContactMerging contact={person} onMerge={setMerging} />
        <FieldHistory noun="contacts" id={person.id} />
        {merging && <MergePreviewDialog a={person} b={merging} onClose={() => setMerging(null)} />}
      </div>
    </div>
  )
}

/** The name is its own field: click, type, Enter. Leaving saves, Escape takes back. */
function NameField(keeping: Keeping<string>) {
  const field = useKept(keeping)
  return (
    <div className="min-w-0 flex-1">
      <input
        aria-label={t('person.name')}
        placeholder={t('contact.nameless')}
        value={field.text}
        onChange={(event) => field.type(event.target.value)}
        onBlur={field.keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') field.reset()
        }}
        className="-mx-2 h-10 w-full rounded-md border border-transparent bg-transparent px-2 font-semibold text-xl hover:border-line-strong focus:border-accent"
      />
      <Theirs theirs={field.theirs} onTheirs={field.reset} onMine={field.insist} />
    </div>
  )
}

function ContactConversations({ id }: { id: string }) {
  const list = useQuery({
    queryKey: ['contacts', id, 'conversations'],
    queryFn: () => conversations.list({ contact: id, limit: 50 }),
  })
  const items = list.data?.items ?? []
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-medium text-muted text-sm">{t('contact.conversations')}</h2>
      {list.data && items.length === 0 && <p className="text-muted">{t('contact.noConversations')}</p>}
      <ul className="overflow-hidden rounded-lg border border-line empty:hidden">
        {items.map((conversation) => (
          <ConversationLine key={conversation.id} conversation={conversation} />
        ))}
      </ul>
    </section>
  )
}

function ConversationLine({ conversation }: { conversation: Conversation }) {
  return (
    <li className="border-line not-first:border-t">
      <Link
        to="/inbox/$id"
        params={{ id: conversation.id }}
        search={{ view: 'all' }}
        className="flex h-12 items-center gap-3 px-3 hover:bg-hover focus-visible:-outline-offset-2"
      >
        <ChannelMark kind={conversation.account_kind} className="text-muted" />
        <span className="numeric shrink-0 text-muted text-sm">
          {t('common.number', { number: conversation.number })}
        </span>
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {inOneLanguage(conversation.last_message?.text ?? '') || conversation.subject}
        </span>
        <Badge tone={conversation.unanswered ? 'warn' : 'plain'}>{t(`status.${conversation.status}`)}</Badge>
        <span className="numeric w-14 shrink-0 text-end text-muted text-sm">
          {shortTime(conversation.last_message?.at ?? conversation.created_at)}
        </span>
      </Link>
    </li>
  )
}
