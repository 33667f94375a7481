import { useQueryClient } from '@tanstack/react-query'
import { useAgentName, useAgents, useTeams } from '#/api/queries'
import { type Absence, absences as api } from '#/api/routing'
import { useKeptState } from '#/settings/editor/kept-state'
import { Form } from '#/settings/parts'
import { KeptNote } from '#/settings/rules/kept-note'
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
  const [written, setWritten, finish, discard] = useKeptState('absence', absence?.id ?? 'new', {
    agent: absence?.agent_id ?? '',
    deputy: absence?.deputy_id ?? '',
    from: toLocal(absence ? new Date(absence.from) : nextDay(1)),
    to: toLocal(absence ? new Date(absence.to) : nextDay(8)),
  })
  const { agent, deputy, from, to } = written
  const edit = (change: Partial<typeof written>) => setWritten({ ...written, ...change })
  const end = useSave('absences', 'board', 'agents', 'teams')

  async function submit(): Promise<void> {
    const body = { deputy_id: deputy || null, from: fromLocal(from), to: fromLocal(to) }
    if (absence) await api.update(absence.id, body)
    else await api.create({ ...body, agent_id: agent })
    for (const key of ['absences', 'board']) void queries.invalidateQueries({ queryKey: [key] })
    leave()
  }

  /** leave closes it for good: what was typed is not kept. */
  function leave(): void {
    finish()
    onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={absence ? agentName(absence.agent_id) || t('absence.add') : t('absence.add')}
    >
      <Form submit={t('common.save')} onSubmit={submit} onCancel={leave}>
        {(errors) => (
          <>
            {discard && <KeptNote onDiscard={discard} />}
            {!absence && (
              <Select
                label={t('absence.who')}
                required
                autoFocus
                value={agent}
                error={errors.agent_id}
                onChange={(event) => edit({ agent: event.target.value })}
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
                onChange={(event) => edit({ from: event.target.value })}
              />
              <Input
                label={t('absence.to')}
                type="datetime-local"
                required
                value={to}
                error={errors.to}
                onChange={(event) => edit({ to: event.target.value })}
              />
            </div>
            <Select
              label={t('absence.deputy')}
              help={t('absence.deputyHelp')}
              value={deputy}
              error={errors.deputy_id}
              onChange={(event) => edit({ deputy: event.target.value })}
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
                onClick={() => end.mutate(() => api.remove(absence.id).then(leave))}
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
