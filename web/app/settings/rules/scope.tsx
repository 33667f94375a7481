import { useTeams } from '#/api/queries'
import type { ID } from '#/api/types'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Select } from '#/ui/field'

export type Scope = 'mine' | 'team' | 'all'

/** For whom something is, while somebody writes it. */
export interface ScopeDraft {
  scope: Scope
  team: ID
}

interface Scoped {
  scope: Scope
  team_id?: ID | null
}

export const readScope = ({ scope, team_id }: Scoped): ScopeDraft => ({ scope, team: team_id ?? '' })

/** writeScope is what the API takes; only what is for a team names one. */
export const writeScope = ({ scope, team }: ScopeDraft): { scope: Scope; team_id?: ID } => ({
  scope,
  ...(scope === 'team' && team && { team_id: team }),
})

/** useMaker tells whether the person may make things for others. */
export function useMaker(): boolean {
  const { role } = useMe()
  return role === 'admin' || role === 'lead'
}

/** useWhose says for whom something is, in a word or by the name of the team. */
export function useWhose(): (item: Scoped) => string {
  const teams = useTeams()
  return ({ scope, team_id }) =>
    (scope === 'team' && teams.find((team) => team.id === team_id)?.name) || t(`scope.${scope}`)
}

interface ScopeFieldsProps {
  draft: ScopeDraft
  errors: Record<string, string>
  onChange: (change: Partial<ScopeDraft>) => void
}

/** For whom something is: oneself, a team or everybody. */
export function ScopeFields({ draft, errors, onChange }: ScopeFieldsProps) {
  const teams = useTeams()
  const maker = useMaker()
  return (
    <>
      <Select
        label={t('scope.label')}
        value={draft.scope}
        error={errors.scope}
        disabled={!maker}
        onChange={(event) => onChange({ scope: event.target.value as Scope })}
      >
        <option value="mine">{t('scope.mine')}</option>
        <option value="team">{t('scope.team')}</option>
        <option value="all">{t('scope.all')}</option>
      </Select>
      {draft.scope === 'team' && (
        <Select
          label={t('scope.which')}
          value={draft.team}
          error={errors.team_id}
          onChange={(event) => onChange({ team: event.target.value })}
        >
          <option value="" disabled>
            {t('rule.choose')}
          </option>
          {teams.map((item) => (
            <option key={item.id} value={item.id}>
              {item.name}
            </option>
          ))}
        </Select>
      )}
    </>
  )
}
