import { useAgentName, useAgents, useLabels, useTeams } from '#/api/queries'
import type { Conversation } from '#/api/types'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Avatar, Dot } from '#/ui/bits'
import { Button, IconButton } from '#/ui/button'
import { Picker } from '#/ui/picker'
import { changeConversation, changeLabel } from './actions'
import { assignment } from './assignment'
import { useLabelMaker } from './label-maker'

interface PickProps {
  conversation: Conversation
  open: boolean
  onOpen: (open: boolean) => void
}

/** Whose this is: a person, a team, or nobody yet. */
export function AssignPicker({ conversation, open, onOpen }: PickProps) {
  const me = useMe()
  const agents = useAgents().filter((agent) => !agent.disabled)
  const teams = useTeams()
  const name = useAgentName()(conversation.assignee_id)
  const team = teams.find((item) => item.id === conversation.team_id)?.name
  const people = [...agents].sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id))
  const options = [
    { id: 'agent:', name: t('act.nobody'), group: t('act.people'), chosen: !conversation.assignee_id },
    ...people.map((agent) => ({
      id: `agent:${agent.id}`,
      name: agent.id === me.id ? t('act.toMe', { name: agent.name }) : agent.name,
      lead: <Avatar name={agent.name} size="sm" ours={agent.id === me.id} />,
      group: t('act.people'),
      chosen: agent.id === conversation.assignee_id,
    })),
    ...(teams.length > 0
      ? [{ id: 'team:', name: t('act.noTeam'), group: t('act.teams'), chosen: !conversation.team_id }]
      : []),
    ...teams.map((item) => ({
      id: `team:${item.id}`,
      name: item.name,
      group: t('act.teams'),
      chosen: item.id === conversation.team_id,
    })),
  ]

  function pick(choice: string): void {
    const change = assignment(choice, conversation.assignee_id, teams)
    void changeConversation(conversation.id, change, t('act.assigned'))
  }

  return (
    <Picker
      label={t('act.assign')}
      open={open}
      onOpen={onOpen}
      options={options}
      onPick={pick}
      trigger={
        <Button
          small
          tone="quiet"
          icon={name ? undefined : 'user'}
          title={`${t('act.assign')} (A)`}
          className="max-w-44"
        >
          {name && <Avatar name={name} size="sm" ours={conversation.assignee_id === me.id} />}
          <span dir="auto" className="min-w-0 truncate @max-2xl:sr-only">
            {/* Whose name is not read yet has it all the same: it is not to look free. */}
            {name || (conversation.assignee_id ? '…' : team || t('act.assign'))}
          </span>
        </Button>
      }
    />
  )
}

export function LabelPicker({ conversation, open, onOpen }: PickProps) {
  const labels = useLabels()
  const maker = useLabelMaker((label) => void changeLabel(conversation.id, label, true))
  return (
    <Picker
      many
      {...maker}
      label={t('act.labels')}
      open={open}
      onOpen={onOpen}
      options={labels.map((label) => ({
        id: label.id,
        name: label.name,
        lead: <Dot color={label.color} />,
        chosen: conversation.labels.includes(label.id),
      }))}
      onPick={(picked) => {
        const label = labels.find((one) => one.id === picked)
        if (label) void changeLabel(conversation.id, label, !conversation.labels.includes(picked))
      }}
      trigger={<IconButton icon="label" label={t('act.labels')} hint="L" />}
    />
  )
}
