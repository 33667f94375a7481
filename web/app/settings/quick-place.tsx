import { useTeams } from '#/api/queries'
import type { NewQuickReply } from '#/api/types'
import { useMe } from '#/shell/session'
import { languageName } from '#/text/language'
import { t } from '#/text/text'
import { Input, Select } from '#/ui/field'

/** A quick reply as it is written; its files are kept beside it. */
export type Draft = Omit<NewQuickReply, 'attachments'>

interface QuickPlaceProps {
  body: Draft
  errors: Record<string, string>
  folders: string[]
  onEdit: (change: Partial<Draft>) => void
}

/** Who finds a quick reply, in which folder, and for contacts of which language. */
export function QuickPlace({ body, errors, folders, onEdit }: QuickPlaceProps) {
  const me = useMe()
  const teams = useTeams()
  const leads = me.role === 'admin' || me.role === 'lead'
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select
        label={t('quick.scope')}
        value={body.scope}
        error={errors.scope}
        onChange={(event) => onEdit({ scope: event.target.value })}
      >
        <option value="mine">{t('quick.scope.mine')}</option>
        {leads && <option value="team">{t('quick.scope.team')}</option>}
        {leads && <option value="all">{t('quick.scope.all')}</option>}
      </Select>
      {body.scope === 'team' && (
        <Select
          label={t('quick.team')}
          value={body.team_id ?? ''}
          error={errors.team_id}
          onChange={(event) => onEdit({ team_id: event.target.value || null })}
        >
          <option value="">{t('quick.chooseTeam')}</option>
          {teams.map((team) => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </Select>
      )}
      <Input
        label={t('quick.folder')}
        list="quick-folders"
        maxLength={100}
        value={body.folder}
        error={errors.folder}
        onChange={(event) => onEdit({ folder: event.target.value })}
      />
      <datalist id="quick-folders">
        {folders.map((item) => (
          <option key={item} value={item} />
        ))}
      </datalist>
      <Select
        label={t('quick.language')}
        value={body.language}
        error={errors.language}
        onChange={(event) => onEdit({ language: event.target.value })}
      >
        <option value="">{t('quick.anyLanguage')}</option>
        {[...new Set(['ru', 'en', 'ar', 'de', 'es', 'fr', 'kk', 'tr', 'uz', 'zh', body.language])]
          .filter(Boolean)
          .map((item) => (
            <option key={item} value={item}>
              {languageName(item)}
            </option>
          ))}
      </Select>
    </div>
  )
}
