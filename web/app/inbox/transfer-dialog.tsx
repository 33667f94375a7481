import { type FormEvent, useState } from 'react'
import { conversations } from '#/api/inbox'
import { useAgents, useTeams } from '#/api/queries'
import type { Conversation } from '#/api/types'
import { putConversation } from '#/live/change'
import { loadCounts } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { LongInput, Select } from '#/ui/field'
import { say } from '#/ui/toast'
import { changeConversation, errorText, isTaken, tellTaken } from './actions'
import { assignment } from './assignment'
import { as } from './way-back'

/** Gives a conversation away with a word to whoever gets it, by one call. Taken back, the note stays: it was said. */
export default function TransferDialog({
  conversation,
  onClose,
}: {
  conversation: Conversation
  onClose: () => void
}) {
  const { id, assignee_id, team_id } = conversation
  const agents = useAgents().filter((agent) => !agent.disabled && agent.id !== assignee_id)
  const teams = useTeams().filter((team) => team.id !== team_id)
  const [choice, setChoice] = useState('')
  const [note, setNote] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!choice) return setMissing(true)
    const change = assignment(choice, assignee_id, teams)
    setBusy(true)
    try {
      const stored = await conversations.update(id, { ...change, was_assignee_id: assignee_id, note })
      inbox.change((state) => putConversation(state, stored))
      loadCounts()
      onClose()
      const undo = () => void changeConversation(id, as(conversation, change), undefined, stored.assignee_id)
      say(t('transfer.done'), { undo })
    } catch (error) {
      if (isTaken(error)) await tellTaken(id, error)
      else say(errorText(error), { tone: 'error' })
      setBusy(false)
    }
  }

  return (
    <Dialog open title={t('transfer.title')} onClose={onClose}>
      <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <Select
          label={t('transfer.to')}
          value={choice}
          error={missing && !choice ? t('transfer.choose') : undefined}
          onChange={(event) => setChoice(event.target.value)}
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
          onChange={(event) => setNote(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('transfer.do')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
