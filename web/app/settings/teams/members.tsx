import { useAgents } from '#/api/queries'
import type { Agent, ID } from '#/api/types'
import { presenceColor } from '#/shell/me-menu'
import { t } from '#/text/text'
import { Avatar } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { controlClass } from '#/ui/field'
import { MoveHandle, moved } from '../rules/reorder'
import { Tags } from '../rules/tags'
import type { Loads, TeamDraft } from './draft'

interface MembersProps {
  draft: TeamDraft
  errors: Record<string, string>
  onChange: (change: Partial<TeamDraft>) => void
}

/** Who is in a team, how much each may hold and what each can do; in a strict team, in which order. */
export function Members({ draft, errors, onChange }: MembersProps) {
  const people = useAgents()
  const members = draft.members
    .map((id) => people.find((one) => one.id === id))
    .filter((one) => one !== undefined)
  const others = people.filter((one) => !one.disabled && !draft.members.includes(one.id))
  const set = (members: ID[]) => onChange({ members })
  return (
    <div className="flex flex-col gap-2">
      {members.length === 0 && (
        <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
          {t('teams.emptyWarning')}
        </p>
      )}
      <ol className="flex flex-col gap-2 empty:hidden">
        {members.map((agent, index) => (
          <li
            key={agent.id}
            className="flex items-start gap-2 rounded-lg border border-line bg-surface py-2 ps-2 pe-2"
          >
            {draft.strategy === 'strict_order' && (
              <MoveHandle
                name={agent.name}
                index={index}
                count={members.length}
                onMove={(from, to) => set(moved(draft.members, from, to))}
              />
            )}
            <Member
              agent={agent}
              load={draft.loads[agent.id] ?? {}}
              onLoad={(load) =>
                onChange({ loads: { ...draft.loads, [agent.id]: { ...draft.loads[agent.id], ...load } } })
              }
            />
            <IconButton
              icon="close"
              label={t('teams.takeOut', { name: agent.name })}
              onClick={() => set(draft.members.filter((id) => id !== agent.id))}
            />
          </li>
        ))}
      </ol>
      {others.length > 0 && (
        <select
          aria-label={t('teams.addMember')}
          value=""
          onChange={(event) => set([...draft.members, event.target.value])}
          className={`${controlClass} chevron h-9 sm:max-w-72`}
        >
          <option value="">{t('teams.addMember')}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
      {(errors.member_ids ?? errors.capacity ?? errors.skills) && (
        <p role="alert" className="text-danger text-sm">
          {errors.member_ids ?? errors.capacity ?? errors.skills}
        </p>
      )}
    </div>
  )
}

interface MemberProps {
  agent: Agent
  load: Loads[ID]
  onLoad: (load: Loads[ID]) => void
}

function Member({ agent, load, onLoad }: MemberProps) {
  const capacity = load.capacity ?? agent.capacity
  return (
    <div className="grid min-w-0 flex-1 items-center gap-x-3 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_6.5rem_minmax(0,1.2fr)]">
      <span className="flex min-w-0 items-center gap-2">
        <span className="relative">
          <Avatar name={agent.name} />
          <span
            className={`absolute -end-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-surface ${presenceColor[agent.presence]}`}
          />
        </span>
        <span dir="auto" className="min-w-0 truncate font-medium">
          {agent.name}
        </span>
        <span className="sr-only">, {t(`presence.${agent.presence}`)}</span>
      </span>
      <label className="flex items-center gap-1.5" title={t('teams.capacityHelp')}>
        <span className="shrink-0 text-muted text-sm">{t('teams.upTo')}</span>
        <input
          type="number"
          min={0}
          max={1000}
          aria-label={t('teams.capacityOf', { name: agent.name })}
          placeholder="∞"
          value={capacity === 0 ? '' : capacity}
          onChange={(event) => onLoad({ capacity: Math.round(Number(event.target.value)) })}
          className={`${controlClass} numeric h-9 min-w-0`}
        />
      </label>
      <Tags
        label={t('teams.skillsOf', { name: agent.name })}
        hint={t('teams.skillsHint')}
        values={load.skills ?? agent.skills}
        invalid={false}
        onChange={(skills) => onLoad({ skills })}
      />
    </div>
  )
}
