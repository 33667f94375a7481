import { Suspense, useState } from 'react'
import { useAgents, usePipelines } from '#/api/queries'
import type { Conversation } from '#/api/types'
import { useLead } from '#/pipeline/use-record'
import { t } from '#/text/text'
import { Badge } from '#/ui/bits'
import { Button } from '#/ui/button'
import { InlineSelect } from '#/ui/field'
import { Options } from '#/ui/options'
import { piece } from '#/ui/piece'
import { channelName } from './channel'
import { useGoesAlong } from './goes-along'
import { Fact, PanelSection } from './panel'

const LostDialog = piece(() => import('#/pipeline/lost-dialog'))
const LeadDialog = piece(() => import('#/pipeline/lead-dialog'))

export const leadTone = { open: 'accent', converted: 'ok', lost: 'plain' } as const

export function PanelLead({ id, of }: { id: string; of: Conversation }) {
  const { lead, change, convert, lose } = useLead(id)
  const pipeline = usePipelines().find((item) => item.id === lead?.pipeline_id)
  const agents = useAgents()
  const [losing, setLosing] = useState(false)
  const [open, setOpen] = useState(false)
  const along = useGoesAlong(lead, of)
  if (!lead) return null

  return (
    <PanelSection
      title={t('lead.title')}
      aside={<Badge tone={leadTone[lead.status]}>{t(`lead.state.${lead.status}`)}</Badge>}
    >
      <Fact name={t('lead.stage')}>
        <InlineSelect
          className="w-full"
          label={t('lead.stage')}
          value={lead.stage_id ?? ''}
          onChange={(event) => change('stage_id', event.target.value)}
        >
          <Options of={pipeline?.stages ?? []} />
        </InlineSelect>
      </Fact>
      {!along && (
        <Fact name={t('lead.owner')}>
          <InlineSelect
            className="w-full"
            label={t('lead.owner')}
            value={lead.owner_id ?? ''}
            onChange={(event) => change('owner_id', event.target.value || null)}
          >
            <Options of={agents} none={t('act.nobody')} />
          </InlineSelect>
        </Fact>
      )}
      {lead.source && (
        <Fact name={t('lead.source')}>
          <span dir="auto" className="truncate px-1.5">
            {channelName(lead.source)}
          </span>
        </Fact>
      )}
      {lead.campaign && (
        <Fact name={t('lead.campaign')}>
          <span dir="auto" className="truncate px-1.5">
            {lead.campaign}
          </span>
        </Fact>
      )}
      {lead.score > 0 && (
        <Fact name={t('lead.score')}>
          <span className="numeric px-1.5">{lead.score}</span>
        </Fact>
      )}
      {lead.lost_reason && lead.status === 'lost' && (
        <Fact name={t('lead.lostReason')}>
          <span dir="auto" className="block px-1.5">
            {lead.lost_reason === 'duplicate' ? t('lead.reason.duplicate') : lead.lost_reason}
          </span>
        </Fact>
      )}
      <div className="flex flex-wrap gap-2 pt-1">
        {lead.status === 'open' ? (
          <>
            <Button small onClick={convert}>
              {t('lead.convert')}
            </Button>
            <Button small tone="quiet" onClick={() => setLosing(true)}>
              {t('lead.lose')}
            </Button>
          </>
        ) : (
          <Button small tone="quiet" className="-ms-2.5" onClick={() => void change('status', 'open')}>
            {t('lead.reopen')}
          </Button>
        )}
        <Button
          small
          tone="quiet"
          className={lead.status === 'open' ? '-ms-2.5' : ''}
          onClick={() => setOpen(true)}
        >
          {t('lead.details')}
        </Button>
      </div>
      {open && (
        <Suspense>
          <LeadDialog id={id} onClose={() => setOpen(false)} />
        </Suspense>
      )}
      {losing && (
        <Suspense>
          <LostDialog open onClose={() => setLosing(false)} onLose={lose} />
        </Suspense>
      )}
    </PanelSection>
  )
}
