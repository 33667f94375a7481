import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { conversations } from '#/api/inbox'
import { joined } from '#/api/joined'
import type { Conversation } from '#/api/types'
import { inOneLanguage } from '#/text/said'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Picker } from '#/ui/picker'
import { join, separate } from './join'
import { PanelSection } from './panel'

/** Conversations that became part of this one, and the way to make another one so. */
export function PanelJoined({ conversation }: { conversation: Conversation }) {
  const { id } = conversation
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const parts = useQuery({ queryKey: ['joined', id], queryFn: () => joined.list(id) }).data ?? []
  const others = useQuery({
    queryKey: ['contacts', conversation.contact_id, 'conversations'],
    queryFn: () => conversations.list({ contact: conversation.contact_id ?? '', limit: 50 }),
    enabled: open && conversation.contact_id !== null,
  }).data?.items.filter((one) => one.id !== id && !one.merged_into)
  const done = () => {
    for (const queryKey of [['joined'], ['timeline'], ['contacts', conversation.contact_id]])
      void queries.invalidateQueries({ queryKey })
  }
  const leave = (part: (typeof parts)[number], merge: string) => {
    setBusy(true)
    void separate(id, part, merge, done).finally(() => setBusy(false))
  }
  return (
    <PanelSection title={parts.length > 0 ? t('joined.title') : ''}>
      {parts.length > 0 && (
        <ul className="flex flex-col gap-1">
          {parts.map((part) => (
            <li key={part.id} className="flex items-center justify-between gap-2">
              <Link
                to="/inbox/$id"
                params={{ id: part.id }}
                search={{ view: 'all', status: 'any' }}
                className="numeric min-w-0 truncate py-1 hover:text-accent hover:underline"
              >
                {t('joined.line', { number: part.number, n: part.messages })}
              </Link>
              {part.merge_id && (
                <Button small tone="quiet" busy={busy} onClick={() => leave(part, part.merge_id ?? '')}>
                  {t('joined.separate')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!conversation.merged_into && (
        <Picker
          label={t('joined.choose')}
          open={open}
          onOpen={setOpen}
          empty={t('joined.none')}
          options={(others ?? []).map((one) => ({
            id: one.id,
            name: `${t('common.number', { number: one.number })} · ${inOneLanguage(one.last_message?.text ?? '') || one.subject || t('inbox.noText')}`,
          }))}
          onPick={(other) => {
            const one = others?.find((item) => item.id === other)
            if (one) void join(id, one, done)
          }}
          trigger={
            <Button small tone="quiet" icon="link" className="-ms-2 self-start">
              {t('joined.with')}
            </Button>
          }
        />
      )}
    </PanelSection>
  )
}
