import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { contacts } from '#/api/records'
import type { Conversation } from '#/api/types'
import { ContactIdentities } from '#/contacts/identities'
import { t } from '#/text/text'
import { Avatar } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { useWide } from '#/ui/wide'
import { PanelJoined } from './panel-joined'
import { PanelLead } from './panel-lead'
import { PanelLinks } from './panel-links'
import { PanelOrigin } from './panel-origin'
import { PanelOwner } from './panel-owner'
import { PanelParticipants } from './panel-participants'
import { PanelRequest } from './panel-request'
import { PanelTimeline } from './panel-timeline'

interface SidePanelProps {
  conversation: Conversation
  /** Stands beside the conversation where there is room for it. */
  pinned: boolean
  /** Lies over the conversation where there is not. */
  over: boolean
  /** Whether what comes before it is on the screen; until then it keeps its place. */
  ready: boolean
  onClose: () => void
}

export function SidePanel({ conversation, pinned, over, ready, onClose }: SidePanelProps) {
  const room = useWide('three')
  const place = over
    ? 'absolute inset-0 z-10 flex sm:inset-y-0 sm:start-auto sm:end-0 sm:w-80 sm:border-s sm:shadow-pop'
    : pinned
      ? 'hidden w-72 border-s lg:flex 2xl:w-80'
      : 'hidden'
  return (
    <aside
      aria-label={t('panel.title')}
      className={`scroller min-h-0 shrink-0 flex-col border-line bg-surface ${place}`}
    >
      {over && (
        <div className="flex h-13 shrink-0 items-center justify-between border-line border-b ps-4 pe-2">
          <h2 className="font-semibold">{t('panel.title')}</h2>
          <IconButton icon="close" label={t('common.close')} onClick={onClose} />
        </div>
      )}
      {ready && (over || (pinned && room)) && <About conversation={conversation} />}
    </aside>
  )
}

/** Who it is, what it is about and what happened. What nobody sees is not fetched. */
function About({ conversation }: { conversation: Conversation }) {
  return (
    <>
      <ContactCard conversation={conversation} />
      {(conversation.lead_id || conversation.request_id) && <PanelOwner conversation={conversation} />}
      {conversation.lead_id && <PanelLead id={conversation.lead_id} of={conversation} />}
      {conversation.request_id && <PanelRequest id={conversation.request_id} of={conversation} />}
      <PanelOrigin id={conversation.id} />
      {conversation.account_kind === 'email' && <PanelParticipants conversation={conversation} />}
      <PanelLinks conversation={conversation} />
      <PanelJoined conversation={conversation} />
      <PanelTimeline id={conversation.id} />
    </>
  )
}

function ContactCard({ conversation }: { conversation: Conversation }) {
  const contact = useQuery({
    queryKey: ['contacts', conversation.contact_id],
    queryFn: () => contacts.get(conversation.contact_id ?? ''),
    enabled: conversation.contact_id !== null,
  }).data
  const name = contact?.name || conversation.contact_name || t('contact.nameless')
  return (
    <section className="flex flex-col gap-3 border-line border-b p-4">
      <div className="flex items-center gap-3">
        <Avatar name={name} size="lg" />
        <div className="min-w-0">
          <h3 dir="auto" className="line-clamp-3 font-semibold text-lg leading-snug [overflow-wrap:anywhere]">
            {name}
          </h3>
          {conversation.contact_id && (
            <Link
              to="/contacts/$id"
              params={{ id: conversation.contact_id }}
              className="inline-flex min-h-6 items-center text-accent text-sm hover:underline"
            >
              {t('contact.open')}
            </Link>
          )}
        </div>
      </div>
      {contact && <ContactIdentities contact={contact} />}
    </section>
  )
}

/** A titled part of the panel. */
export function PanelSection({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="flex flex-col gap-1.5 border-line border-b p-4">
      {title && (
        <header className="flex min-h-6 items-center justify-between gap-2">
          <h3 className="font-medium text-muted text-sm">{title}</h3>
          {aside}
        </header>
      )}
      {children}
    </section>
  )
}

/** One fact: its name, and its value or the control that changes it. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid min-h-7 grid-cols-[6.25rem_minmax(0,1fr)] items-center gap-1.5">
      <span dir="auto" className="truncate text-muted text-sm">
        {name}
      </span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
