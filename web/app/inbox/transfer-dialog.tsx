import { type FormEvent, useState } from 'react'
import { useAgents, useTeams } from '#/api/queries'
import type { Conversation } from '#/api/types'
import { useKeptState } from '#/settings/editor/kept-state'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { LongInput, Select } from '#/ui/field'
import { assignment, offered } from './assignment'
import { transfer } from './transfer'

/** Asks to whom a conversation goes, and what to tell them. */
export default function TransferDialog({
  conversation,
  onClose,
}: {
  conversation: Conversation
  onClose: () => void
}) {
  const { assignee_id, team_id } = conversation
  const agents = useAgents().filter((agent) => !agent.disabled && agent.id !== assignee_id)
  const teams = useTeams().filter((team) => team.id !== team_id)
  const [typed, setTyped, finish] = useKeptState('transfer', conversation.id, { choice: '', note: '' })
  const { note } = typed
  // What was chosen a while ago may have it by now, or be gone.
  const choice = offered(typed.choice, agents, teams)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!choice) return setMissing(true)
    const change = assignment(choice, assignee_id, teams)
    setBusy(true)
    if (await transfer(conversation, change, note)) close()
    else setBusy(false)
  }

  function close(): void {
    finish()
    onClose()
  }

  return (
    <Dialog open title={t('transfer.title')} onClose={onClose}>
      <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <Select
          label={t('transfer.to')}
          value={choice}
          error={missing && !choice ? t('transfer.choose') : undefined}
          onChange={(event) => setTyped({ ...typed, choice: event.target.value })}
        >
          <option value="" />
          <optgroup label={t('act.people')}>
            {agents.map((agent) => (
              <option key={agent.id} value={`agent:${agent.id}`}>
                {agent.name}
              </option>
            ))}
          </optgroup>
          {teams.length > 0 && (
            <optgroup label={t('act.teams')}>
              {teams.map((team) => (
                <option key={team.id} value={`team:${team.id}`}>
                  {team.name}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
        <LongInput
          label={t('transfer.note')}
          placeholder={t('transfer.notePlaceholder')}
          rows={4}
          value={note}
          onChange={(event) => setTyped({ ...typed, note: event.target.value })}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('transfer.do')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
