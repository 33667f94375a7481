import { useTeams } from '#/api/queries'
import { t } from '#/text/text'
import { Select } from '#/ui/field'

export type Scope = 'mine' | 'team' | 'all'

interface ScopeFieldsProps {
  scope: Scope
  team: string
  errors: Record<string, string>
  /** Whether the person may make things for others. */
  maker: boolean
  onScope: (scope: Scope) => void
  onTeam: (team: string) => void
}

/** For whom something is: oneself, a team or everybody. */
export function ScopeFields({ scope, team, errors, maker, onScope, onTeam }: ScopeFieldsProps) {
  const teams = useTeams()
  return (
    <>
      <Select
        label={t('scope.label')}
        value={scope}
        error={errors.scope}
        disabled={!maker}
        onChange={(event) => onScope(event.target.value as Scope)}
      >
        <option value="mine">{t('scope.mine')}</option>
        <option value="team">{t('scope.team')}</option>
        <option value="all">{t('scope.all')}</option>
      </Select>
      {scope === 'team' && (
        <Select
          label={t('scope.which')}
          value={team}
          error={errors.team_id}
          onChange={(event) => onTeam(event.target.value)}
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
