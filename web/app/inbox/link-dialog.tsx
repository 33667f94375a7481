import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { conversations } from '#/api/inbox'
import { search } from '#/api/search'
import type { Conversation } from '#/api/types'
import { t } from '#/text/text'
import { Choices } from '#/ui/choices'
import { Dialog } from '#/ui/dialog'
import { Icon } from '#/ui/icons'
import type { Option } from '#/ui/picker'
import { useSettled } from '#/ui/settled'
import { changeConversation } from './actions'
import { link } from './link'

/** Finds by number or name what a conversation belongs together with: another one, or a request. */
export default function LinkDialog({
  conversation,
  onClose,
}: {
  conversation: Conversation
  onClose: () => void
}) {
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const query = useSettled(typed.trim())
  const found = useQuery({
    queryKey: ['links', 'find', conversation.contact_id, query],
    queryFn: ({ signal }) => find(conversation, query, signal),
    placeholderData: (old) => old,
  })

  function pick(id: string): void {
    onClose()
    const [kind, other, number] = id.split(':')
    const refresh = () => void queries.invalidateQueries({ queryKey: ['links'] })
    if (kind === 'request')
      void changeConversation(
        conversation.id,
        { request_id: other },
        t('link.request', { number: number ?? '' }),
      ).then(refresh)
    else if (other) void link(conversation.id, other, number ?? '', refresh)
  }

  return (
    <Dialog open title={t('act.link')} onClose={onClose}>
      <Choices
        focused
        label={t('link.find')}
        options={found.data ?? []}
        waiting={query !== typed.trim() || !found.isSuccess || found.isPlaceholderData}
        empty={t('link.nothing')}
        onQuery={setTyped}
        onPick={pick}
      />
    </Dialog>
  )
}

/** Without a word typed, the same person's conversations are offered. */
async function find(conversation: Conversation, query: string, signal: AbortSignal): Promise<Option[]> {
  const of = query ? { q: query } : { contact: conversation.contact_id ?? undefined }
  const [talks, hits] = await Promise.all([
    conversations.list({ ...of, limit: 10 }, signal),
    query ? search({ q: query }, '', signal) : undefined,
  ])
  const requests = (hits?.items ?? []).filter((hit) => hit.type === 'request')
  return [
    ...talks.items
      .filter((one) => one.id !== conversation.id && !one.merged_into)
      .map((one) => ({
        id: `conversation:${one.id}:${one.number}`,
        name: [
          t('common.number', { number: one.number }),
          one.contact_name || t('contact.nameless'),
          one.subject,
        ]
          .filter(Boolean)
          .join(' · '),
        group: t('link.conversations'),
        answer: true,
        lead: <Icon name="chat" className="text-muted" />,
      })),
    ...requests.map((hit) => ({
      id: `request:${hit.id}:${hit.number}`,
      name: [t('common.number', { number: hit.number }), hit.contact_name, hit.subject]
        .filter(Boolean)
        .join(' · '),
      group: t('link.requests'),
      answer: true,
      lead: <Icon name="ticket" className="text-muted" />,
    })),
  ]
}
