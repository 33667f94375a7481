import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type SavedView, useSavedViews } from '#/api/views'
import { t } from '#/text/text'
import { Badge, Empty } from '#/ui/bits'
import { Button } from '#/ui/button'
import { useAsked } from '../asked'
import { Group, RowAbout, RowItem, Rows } from '../parts'
import { useWhose } from '../rules/scope'
import { ViewDialog } from './dialog'

/** Lists of conversations by conditions: one's own, those of a team, those of everybody. */
export function ViewsSection() {
  const views = useSavedViews()
  const whose = useWhose()
  const [editing, setEditing] = useState<SavedView | 'new' | null>(null)
  useAsked('new', () => setEditing('new'))
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
            <RowAbout aside={<Badge>{whose(view)}</Badge>}>
              <Link
                to="/inbox"
                search={{ saved: view.id }}
                dir="auto"
                className="min-h-6 max-w-full truncate font-medium leading-6 hover:text-accent hover:underline"
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
            </RowAbout>
            {view.editable && (
              <Button small onClick={() => setEditing(view)}>
                {t('common.edit')}
              </Button>
            )}
          </RowItem>
        ))}
      </Rows>
      {editing && <ViewDialog view={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Group>
  )
}
