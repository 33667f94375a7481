import { useAgents, usePipelines } from '#/api/queries'
import { leads } from '#/api/records'
import { FieldHistory } from '#/contacts/history'
import { channelName } from '#/inbox/channel'
import { t } from '#/text/text'
import { Skeleton } from '#/ui/bits'
import { Dialog } from '#/ui/dialog'
import { Select } from '#/ui/field'
import { Options } from '#/ui/options'
import { Kept } from './kept-field'
import { Person } from './names'
import { absent, RemoveRecord } from './remove-record'
import { useLead } from './use-record'

/** Everything about one lead, where it is changed: each field by itself, and each change can be undone. */
export default function LeadDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { lead, query, change, keepField } = useLead(id)
  const agents = useAgents()
  const stages = usePipelines().find((one) => one.id === lead?.pipeline_id)?.stages ?? []
  const marks = Object.entries(lead?.utm ?? {})
  return (
    <Dialog
      wide
      open
      onClose={onClose}
      title={t('lead.edit', { name: lead?.contact_name || t('contact.nameless') })}
    >
      {lead ? (
        <div className="flex flex-col gap-5">
          <p onClickCapture={onClose}>
            <Person contact={lead.contact_id} name={lead.contact_name} conversation={lead.conversation_id} />
          </p>
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label={t('lead.stage')}
              value={lead.stage_id ?? ''}
              disabled={lead.status === 'lost'}
              onChange={(event) => change('stage_id', event.target.value)}
            >
              <Options of={stages.filter((one) => one.kind !== 'lost' || one.id === lead.stage_id)} />
            </Select>
            <Select
              label={t('lead.owner')}
              value={lead.owner_id ?? ''}
              onChange={(event) => change('owner_id', event.target.value || null)}
            >
              <Options of={agents} none={t('act.nobody')} />
            </Select>
            <Kept
              label={t('lead.score')}
              help={t('lead.scoreHelp')}
              type="number"
              value={lead.score}
              read={(text) => Math.round(Number(text))}
              {...keepField('score')}
            />
            <Kept label={t('lead.campaign')} value={lead.campaign} {...keepField('campaign')} />
            <Kept label={t('lead.source')} value={lead.source} show={channelName} {...keepField('source')} />
          </div>
          {marks.length > 0 && (
            <section className="flex flex-col gap-1 text-sm">
              <h3 className="font-medium">{t('lead.utm')}</h3>
              <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3">
                {marks.map(([name, value]) => (
                  <div key={name} className="contents">
                    <dt className="truncate text-muted">{name}</dt>
                    <dd className="[overflow-wrap:anywhere]">{value}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )}
          <FieldHistory noun="leads" id={id} />
          <RemoveRecord
            place={['leads', id]}
            words={{
              ask: t('lead.remove'),
              title: t('lead.removeTitle'),
              help: t('lead.removeHelp'),
              done: t('lead.removed', { name: lead.contact_name || t('contact.nameless') }),
            }}
            gone={absent(query.error)}
            send={() => leads.remove(id)}
            onGone={onClose}
          />
        </div>
      ) : (
        <Skeleton rows={3} />
      )}
    </Dialog>
  )
}
