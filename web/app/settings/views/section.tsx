import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTeams } from '#/api/queries'
import { type SavedView, useSavedViews } from '#/api/views'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Badge, Empty } from '#/ui/bits'
import { Button } from '#/ui/button'
import { useAsked } from '../asked'
import { Group, RowItem, Rows } from '../parts'
import { ViewDialog } from './dialog'

/** Lists of conversations by conditions: one's own, those of a team, those of everybody. */
export function ViewsSection() {
  const me = useMe()
  const views = useSavedViews()
  const teams = useTeams()
  const [editing, setEditing] = useState<SavedView | 'new' | null>(null)
  useAsked('new', () => setEditing('new'))
  const whose = (view: SavedView) =>
    view.scope === 'team'
      ? (teams.find((team) => team.id === view.team_id)?.name ?? t('scope.team'))
      : t(`scope.${view.scope}`)
  return (
    <Group
      help={t('view.help')}
      aside={
        <Button tone="primary" small icon="plus" onClick={() => setEditing('new')}>
          {t('view.add')}
        </Button>
      }
    >
      {views.length === 0 && (
        <Empty icon="filter" title={t('view.none')}>
          <p>{t('view.noneHelp')}</p>
        </Empty>
      )}
      <Rows>
        {views.map((view) => (
          <RowItem key={view.id}>
            <div className="flex min-w-0 flex-1 flex-col">
              <Link
                to="/inbox"
                search={{ saved: view.id }}
                className="min-h-6 truncate font-medium leading-6 hover:text-accent hover:underline"
              >
                {view.name}
              </Link>
              {view.problem ? (
                <span className="text-danger text-sm">{view.problem}</span>
              ) : (
                <span dir="auto" className="truncate text-muted text-sm">
                  {t(`filter.sort.${view.sort}`)}
                </span>
              )}
            </div>
            <Badge>{whose(view)}</Badge>
            {view.editable && (
              <Button small onClick={() => setEditing(view)}>
                {t('common.edit')}
              </Button>
            )}
          </RowItem>
        ))}
      </Rows>
      {editing && (
        <ViewDialog
          view={editing === 'new' ? null : editing}
          maker={me.role === 'admin' || me.role === 'lead'}
          onClose={() => setEditing(null)}
        />
      )}
    </Group>
  )
}
