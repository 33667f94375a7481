import type { Team } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'

interface RemoveTeamProps {
  team: Team
  onClose: () => void
  onRemove: () => void
}

/** A team cannot be brought back with all that pointed at it, so it is asked once what is lost. */
export function RemoveTeam({ team, onClose, onRemove }: RemoveTeamProps) {
  return (
    <Dialog open title={t('teams.removeTitle', { name: team.name })} onClose={onClose}>
      <p className="mb-4 text-muted">{t('teams.removeHelp', { n: team.member_ids.length })}</p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button tone="danger" onClick={onRemove}>
          {t('teams.remove')}
        </Button>
      </div>
    </Dialog>
  )
}
