import { Suspense, useRef, useState } from 'react'
import { useAgentName, usePipelines } from '#/api/queries'
import { leads } from '#/api/records'
import type { Lead } from '#/api/types'
import { channelName } from '#/inbox/channel'
import { t } from '#/text/text'
import { shortTime } from '#/text/time'
import { Badge, Skeleton } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { piece } from '#/ui/piece'
import { Board } from './board'
import { Person } from './names'

const LostDialog = piece(() => import('./lost-dialog'))
const LeadDialog = piece(() => import('./lead-dialog'))

/** Leads by the stages of their pipeline. What is dropped on a lost stage asks why. */
export function LeadsBoard() {
  const pipelines = usePipelines()
  const agentName = useAgentName()
  const [losing, setLosing] = useState(false)
  const [opened, setOpened] = useState('')
  const answer = useRef<(reason: string | null) => void>(undefined)
  const stages = pipelines.flatMap((pipeline) => pipeline.stages)
  if (stages.length === 0) return <Skeleton rows={4} />

  const ask = () =>
    new Promise<string | null>((resolve) => {
      answer.current = resolve
      setLosing(true)
    })
  const move = async (lead: Lead, to: string) => {
    const was = { stage_id: lead.stage_id }
    if (stages.find((stage) => stage.id === to)?.kind !== 'lost')
      return leads.update(lead.id, { stage_id: to, was })
    const reason = await ask()
    return reason ? leads.update(lead.id, { stage_id: to, lost_reason: reason, was }) : null
  }
  const close = () => {
    setLosing(false)
    answer.current?.(null)
  }
  return (
    <>
      <Board<Lead>
        noun="leads"
        title={t('nav.leads')}
        columns={stages}
        load={(stage, cursor) => leads.list({ stage, cursor, limit: 30 })}
        count={async () => (await leads.counts()).stages}
        keyOf={(lead) => lead.id}
        nameOf={(lead) => lead.contact_name || t('contact.nameless')}
        columnOf={(lead) => lead.stage_id ?? ''}
        move={move}
        card={(lead) => (
          <>
            <p className="flex items-center gap-2">
              <span className="min-w-0 flex-1">
                <Person
                  contact={lead.contact_id}
                  name={lead.contact_name}
                  conversation={lead.conversation_id}
                />
              </span>
              {lead.score > 0 && <Badge tone="accent">{lead.score}</Badge>}
              <IconButton
                icon="pen"
                label={t('lead.edit', { name: lead.contact_name || t('contact.nameless') })}
                className="-me-1.5 size-7! shrink-0"
                onClick={() => setOpened(lead.id)}
              />
            </p>
            {lead.campaign && (
              <p dir="auto" className="truncate text-sm">
                {lead.campaign}
              </p>
            )}
            <p className="flex justify-between gap-2 text-muted text-sm">
              <span dir="auto" className="truncate">
                {[lead.source && channelName(lead.source), agentName(lead.owner_id)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="numeric shrink-0">{shortTime(lead.created_at)}</span>
            </p>
          </>
        )}
      />
      {opened && (
        <Suspense>
          <LeadDialog id={opened} onClose={() => setOpened('')} />
        </Suspense>
      )}
      {losing && (
        <Suspense>
          <LostDialog open onClose={close} onLose={(reason) => answer.current?.(reason)} />
        </Suspense>
      )}
    </>
  )
}
