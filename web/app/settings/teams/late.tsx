import type { Team } from '#/api/types'
import { t } from '#/text/text'
import { Duration } from '#/ui/duration'
import { Select } from '#/ui/field'
import { EditorStep } from '../rules/step'
import type { TeamDraft } from './draft'

interface LateProps {
  draft: TeamDraft
  errors: Record<string, string>
  /** The teams that may take over. */
  others: readonly Team[]
  onChange: (change: Partial<TeamDraft>) => void
}

/** What becomes of a conversation that whoever got it does not answer in time. */
export function Late({ draft, errors, others, onChange }: LateProps) {
  return (
    <EditorStep title={t('teams.late')} help={t('teams.lateHelp')}>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Duration
          label={t('teams.timeout')}
          none={t('teams.never')}
          minutes={draft.timeout_seconds / 60}
          error={errors.timeout_seconds}
          onChange={(minutes) => onChange({ timeout_seconds: minutes * 60 })}
        />
        <Select
          label={t('teams.overflow')}
          error={errors.overflow_team_id}
          value={draft.overflow_team_id ?? ''}
          onChange={(event) => onChange({ overflow_team_id: event.target.value || null })}
        >
          <option value="">{t('teams.noOverflow')}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      </div>
    </EditorStep>
  )
}
