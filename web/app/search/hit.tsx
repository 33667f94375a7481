import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { SearchHit, SearchPiece } from '#/api/search'
import { ChannelMark } from '#/inbox/channel-mark'
import { t } from '#/text/text'
import { bytes, fullTime, shortTime } from '#/text/time'
import { Avatar, Badge } from '#/ui/bits'
import { Icon } from '#/ui/icons'

/** Marked is a text with what was looked for in it set apart. */
export function Marked({ pieces }: { pieces: SearchPiece[] }) {
  return pieces.map((piece, at) =>
    piece.hit ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
      <mark key={at} className="rounded-sm bg-note text-note-text">
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  )
}

/** One thing that was found; all of it is the link to it. */
export function Hit({ hit }: { hit: SearchHit }) {
  switch (hit.type) {
    case 'contact':
      return <Person hit={hit} />
    case 'message':
      return (
        <Row hit={hit} lead={<ChannelMark kind={hit.account_kind} />} title={who(hit)}>
          {hit.kind === 'note' && <span className="font-medium text-note-text">{t('message.note')}: </span>}
          {hit.direction === 'outbound' && hit.kind !== 'note' && (
            <span className="text-faint">{hit.author || t('message.us')}: </span>
          )}
          <Marked pieces={hit.text} />
        </Row>
      )
    case 'file':
      return (
        <Row
          hit={hit}
          lead={<Icon name={hit.file?.image ? 'picture' : 'file'} className="text-muted" />}
          title={<Marked pieces={hit.text} />}
        >
          {who(hit)}
          {hit.file && ` · ${bytes(hit.file.size)}`}
        </Row>
      )
    default:
      return (
        <Row
          hit={hit}
          lead={<Icon name={hit.type === 'request' ? 'ticket' : 'chat'} className="text-muted" />}
          title={
            <span className="flex items-center gap-2">
              {t(hit.type === 'request' ? 'find.request' : 'find.conversation', {
                number: String(hit.number),
              })}
              <Badge>{statusName(hit)}</Badge>
            </span>
          }
        >
          {[who(hit), hit.subject].filter(Boolean).join(' · ')}
        </Row>
      )
  }
}

function who(hit: SearchHit): string {
  return hit.contact_name || t('contact.nameless')
}

const conversationStatus = ['open', 'pending', 'snoozed', 'closed'] as const
const requestStatus = ['open', 'pending', 'resolved', 'closed'] as const

function statusName(hit: SearchHit): string {
  if (hit.type === 'request') {
    const status = requestStatus.find((known) => known === hit.status)
    return status ? t(`request.status.${status}`) : hit.status
  }
  const status = conversationStatus.find((known) => known === hit.status)
  return status ? t(`status.${status}`) : hit.status
}

const rowClass =
  'flex items-start gap-3 rounded-lg px-3 py-2.5 hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2'

interface RowProps {
  hit: SearchHit
  lead: ReactNode
  title: ReactNode
  children: ReactNode
}

function Row({ hit, lead, title, children }: RowProps) {
  return (
    <li>
      <Link
        to="/inbox/$id"
        params={{ id: hit.conversation_id ?? '' }}
        search={{ view: 'all', status: 'any', ...(hit.seq ? { message: hit.seq } : {}) }}
        data-hit={hit.type}
        className={rowClass}
      >
        <span className="mt-0.5 grid size-5 shrink-0 place-items-center">{lead}</span>
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex items-baseline gap-2">
            <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
              {title}
            </span>
            {hit.at && (
              <time
                dateTime={hit.at}
                title={fullTime(hit.at)}
                className="numeric shrink-0 text-faint text-xs"
              >
                {shortTime(hit.at)}
              </time>
            )}
          </span>
          <span dir="auto" className="line-clamp-2 text-muted text-sm [overflow-wrap:anywhere]">
            {children}
          </span>
        </span>
      </Link>
    </li>
  )
}

function Person({ hit }: { hit: SearchHit }) {
  const name = who(hit)
  return (
    <li>
      <Link to="/contacts/$id" params={{ id: hit.id }} search={{}} data-hit="contact" className={rowClass}>
        <Avatar name={name} size="sm" />
        <span className="flex min-w-0 flex-1 flex-col">
          <span dir="auto" className="truncate font-medium">
            {hit.contact_name ? <Marked pieces={hit.text} /> : name}
          </span>
          <span dir="auto" className="truncate text-muted text-sm">
            {hit.identities
              .filter((identity) => identity.scope === 'email' || identity.scope === 'phone')
              .map((identity) => identity.address)
              .join(' · ')}
          </span>
        </span>
      </Link>
    </li>
  )
}
