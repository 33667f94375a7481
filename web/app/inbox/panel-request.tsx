import { Suspense, useState } from 'react'
import { useAgents } from '#/api/queries'
import type { Conversation, Priority, RequestStatus } from '#/api/types'
import { doneOf } from '#/pipeline/checklist'
import { priorityChoices, statusChoices } from '#/pipeline/choices'
import { useRequest } from '#/pipeline/use-record'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Button } from '#/ui/button'
import { InlineSelect } from '#/ui/field'
import { Options } from '#/ui/options'
import { piece } from '#/ui/piece'
import { useGoesAlong } from './goes-along'
import { Fact, PanelSection } from './panel'

const RequestDialog = piece(() => import('#/pipeline/request-dialog'))

export function PanelRequest({ id, of }: { id: string; of: Conversation }) {
  const { request, change } = useRequest(id)
  const [open, setOpen] = useState(false)
  const agents = useAgents()
  const along = useGoesAlong(request, of)
  if (!request) return null

  return (
    <PanelSection
      title={t('request.title')}
      aside={
        <span className="numeric font-medium text-sm">{t('common.number', { number: request.number })}</span>
      }
    >
      <Fact name={t('request.status')}>
        <InlineSelect
          className="w-full"
          label={t('request.status')}
          value={request.status}
          onChange={(event) => change('status', event.target.value as RequestStatus)}
        >
          <Options of={statusChoices()} />
        </InlineSelect>
      </Fact>
      <Fact name={t('request.priority')}>
        <InlineSelect
          className="w-full"
          label={t('request.priority')}
          value={request.priority}
          onChange={(event) => change('priority', event.target.value as Priority)}
        >
          <Options of={priorityChoices()} />
        </InlineSelect>
      </Fact>
      {request.priority !== of.priority && (
        <p className="text-muted text-xs">
          {t('panel.priorities', { priority: t(`priority.${of.priority}`) })}
        </p>
      )}
      {!along && (
        <Fact name={t('request.owner')}>
          <InlineSelect
            className="w-full"
            label={t('request.owner')}
            value={request.owner_id ?? ''}
            onChange={(event) => change('owner_id', event.target.value || null)}
          >
            <Options of={agents} none={t('act.nobody')} />
          </InlineSelect>
        </Fact>
      )}
      {request.due_at && (
        <Fact name={t('request.due')}>
          <span className="numeric block px-1.5">{fullTime(request.due_at)}</span>
        </Fact>
      )}
      {request.category && (
        <Fact name={t('request.category')}>
          <span dir="auto" className="truncate px-1.5">
            {request.category}
          </span>
        </Fact>
      )}
      {request.checklist.length > 0 && (
        <Fact name={t('request.checklist')}>
          <span className="numeric px-1.5">{doneOf(request.checklist)}</span>
        </Fact>
      )}
      <Button small tone="quiet" className="-ms-2.5 self-start" onClick={() => setOpen(true)}>
        {t('request.details')}
      </Button>
      {open && (
        <Suspense>
          <RequestDialog id={id} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </PanelSection>
  )
}
