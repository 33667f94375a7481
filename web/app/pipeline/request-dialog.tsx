import { useAgents, useTeams } from '#/api/queries'
import { requests } from '#/api/records'
import type { Inquiry, Priority, RequestStatus } from '#/api/types'
import { FieldHistory } from '#/contacts/history'
import { t } from '#/text/text'
import { Skeleton } from '#/ui/bits'
import { Dialog } from '#/ui/dialog'
import { Select } from '#/ui/field'
import { fromLocal, toLocal } from '#/ui/local-time'
import { Options } from '#/ui/options'
import { Checklist } from './checklist'
import { priorityChoices, statusChoices } from './choices'
import { Kept } from './kept-field'
import { Person } from './names'
import { absent, RemoveRecord } from './remove-record'
import { useRequest } from './use-record'

const types = ['question', 'claim', 'order'] as const

/** Everything about one request, where it is changed: each field by itself, and each change can be undone. */
export default function RequestDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { request, query, change, keepField, run } = useRequest(id)
  return (
    <Dialog
      wide
      open
      onClose={onClose}
      title={request ? t('request.edit', { number: request.number }) : t('request.title')}
    >
      {request ? (
        <div className="flex flex-col gap-5">
          <p onClickCapture={onClose}>
            <Person
              contact={request.contact_id}
              name={request.contact_name}
              conversation={request.conversation_id}
            />
          </p>
          <Fields request={request} change={change} keepField={keepField} />
          <Checklist key={request.id} request={request} run={run} />
          <FieldHistory noun="requests" id={id} />
          <RemoveRecord
            place={['requests', id]}
            words={{
              ask: t('request.remove'),
              title: t('request.removeTitle', { number: request.number }),
              help: t('request.removeHelp'),
              done: t('request.removed', { number: request.number }),
            }}
            gone={absent(query.error)}
            send={() => requests.remove(id)}
            onGone={onClose}
          />
        </div>
      ) : (
        <Skeleton rows={3} />
      )}
    </Dialog>
  )
}

interface FieldsProps extends Pick<ReturnType<typeof useRequest>, 'change' | 'keepField'> {
  request: Inquiry
}

function Fields({ request, change, keepField }: FieldsProps) {
  const agents = useAgents()
  const teams = useTeams()
  const known = (types as readonly string[]).includes(request.type)
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <Kept label={t('request.subject')} value={request.subject} {...keepField('subject')} />
      </div>
      <Select
        label={t('request.status')}
        value={request.status}
        onChange={(event) => change('status', event.target.value as RequestStatus)}
      >
        <Options of={statusChoices()} />
      </Select>
      <Select
        label={t('request.priority')}
        value={request.priority}
        onChange={(event) => change('priority', event.target.value as Priority)}
      >
        <Options of={priorityChoices()} />
      </Select>
      <Select
        label={t('request.type')}
        value={request.type}
        onChange={(event) => change('type', event.target.value)}
      >
        {types.map((type) => (
          <option key={type} value={type}>
            {t(`request.type.${type}`)}
          </option>
        ))}
        {!known && <option value={request.type}>{request.type}</option>}
      </Select>
      <Kept label={t('request.category')} value={request.category} max={100} {...keepField('category')} />
      <Select
        label={t('request.owner')}
        value={request.owner_id ?? ''}
        onChange={(event) => change('owner_id', event.target.value || null)}
      >
        <Options of={agents} none={t('act.nobody')} />
      </Select>
      <Select
        label={t('request.team')}
        value={request.team_id ?? ''}
        onChange={(event) => change('team_id', event.target.value || null)}
      >
        <Options of={teams} none={t('request.noTeam')} />
      </Select>
      <Kept
        label={t('request.due')}
        type="datetime-local"
        value={request.due_at}
        show={(at) => (at ? toLocal(new Date(at)) : '')}
        read={(local) => fromLocal(local) || null}
        {...keepField('due_at')}
      />
      <div className="sm:col-span-2">
        <Kept long label={t('request.resolution')} value={request.resolution} {...keepField('resolution')} />
      </div>
    </div>
  )
}
