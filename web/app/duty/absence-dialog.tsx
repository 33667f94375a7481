import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAgentName, useAgents, useTeams } from '#/api/queries'
import { type Absence, absences as api } from '#/api/routing'
import { Form } from '#/settings/parts'
import { useSave } from '#/settings/use-save'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input, Select } from '#/ui/field'
import { fromLocal, toLocal } from '#/ui/local-time'

/** Who is away, from when to when, and who stands in. Whose it is does not change any more. */
export function AbsenceDialog({ absence, onClose }: { absence: Absence | null; onClose: () => void }) {
  const queries = useQueryClient()
  const me = useMe()
  const teams = useTeams()
  const agentName = useAgentName()
  const people = useAgents().filter((one) => !one.disabled)
  const own = teams.filter((one) => one.member_ids.includes(me.id)).flatMap((one) => one.member_ids)
  const absentees = me.role === 'admin' ? people : people.filter((one) => own.includes(one.id))
  const [agent, setAgent] = useState(absence?.agent_id ?? '')
  const [deputy, setDeputy] = useState(absence?.deputy_id ?? '')
  const [from, setFrom] = useState(() => toLocal(absence ? new Date(absence.from) : nextDay(1)))
  const [to, setTo] = useState(() => toLocal(absence ? new Date(absence.to) : nextDay(8)))
  const end = useSave('absences', 'board', 'agents', 'teams')

  async function submit(): Promise<void> {
    const body = { deputy_id: deputy || null, from: fromLocal(from), to: fromLocal(to) }
    if (absence) await api.update(absence.id, body)
    else await api.create({ ...body, agent_id: agent })
    for (const key of ['absences', 'board']) void queries.invalidateQueries({ queryKey: [key] })
    onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={absence ? agentName(absence.agent_id) || t('absence.add') : t('absence.add')}
    >
      <Form submit={t('common.save')} onSubmit={submit} onCancel={onClose}>
        {(errors) => (
          <>
            {!absence && (
              <Select
                label={t('absence.who')}
                required
                autoFocus
                value={agent}
                error={errors.agent_id}
                onChange={(event) => setAgent(event.target.value)}
              >
                <option value="">{t('absence.choose')}</option>
                {absentees.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </Select>
            )}
            {absence && errors.agent_id && (
              <p role="alert" className="text-danger text-sm">
                {errors.agent_id}
              </p>
            )}
            <div className="grid items-start gap-3 sm:grid-cols-2">
              <Input
                label={t('absence.from')}
                type="datetime-local"
                required
                value={from}
                error={errors.from}
                onChange={(event) => setFrom(event.target.value)}
              />
              <Input
                label={t('absence.to')}
                type="datetime-local"
                required
                value={to}
                error={errors.to}
                onChange={(event) => setTo(event.target.value)}
              />
            </div>
            <Select
              label={t('absence.deputy')}
              help={t('absence.deputyHelp')}
              value={deputy}
              error={errors.deputy_id}
              onChange={(event) => setDeputy(event.target.value)}
            >
              <option value="">{t('absence.noDeputy')}</option>
              {people
                .filter((one) => one.id !== (absence?.agent_id ?? agent))
                .map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
            </Select>
            {absence && (
              <Button
                small
                tone="danger"
                className="self-start"
                onClick={() => end.mutate(() => api.remove(absence.id).then(onClose))}
              >
                {t(absence.state === 'planned' ? 'absence.remove' : 'absence.end')}
              </Button>
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}

/** nextDay is the beginning of a day some days from now. */
function nextDay(days: number): Date {
  const at = new Date()
  at.setDate(at.getDate() + days)
  at.setHours(0, 0, 0, 0)
  return at
}
