import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { savedViews as api, type SavedView } from '#/api/views'
import { t } from '#/text/text'
import { Input, Select } from '#/ui/field'
import { ConditionBuilder } from '../rules/builder'
import { type Branch, newBranch, newRow, readCondition, writeCondition } from '../rules/condition'
import { EditorDialog } from '../rules/editor-dialog'
import { Wrong } from '../rules/errors'
import { ScopeFields } from '../rules/scope'
import { EditorStep } from '../rules/step'
import { useEditor } from '../rules/use-editor'
import { Preview } from './preview'

interface ViewDialogProps {
  view: SavedView | null
  /** Whether the person may make views for others. */
  maker: boolean
  onClose: () => void
}

/** Most views are of what is not closed, so a new one begins there. */
const beginning = (): Branch => newBranch('all', [newRow('conversation.status', 'in', ['open', 'pending'])])

const sorts = ['newest', 'oldest', 'due'] as const

/** Which conversations, in which order, and who has the list; beside it what it shows now. */
export function ViewDialog({ view, maker, onClose }: ViewDialogProps) {
  const fields = useQuery({
    queryKey: ['view-fields'],
    queryFn: api.fields,
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.items
  const { busy, errors, save, remove } = useEditor(['views'], onClose)
  const [name, setName] = useState(view?.name ?? '')
  const [scope, setScope] = useState<SavedView['scope']>(view?.scope ?? 'mine')
  const [team, setTeam] = useState(view?.team_id ?? '')
  const [sort, setSort] = useState<SavedView['sort']>(view?.sort ?? 'newest')
  const [root, setRoot] = useState(() => (view ? readCondition(view.conditions) : beginning()))
  const conditions = writeCondition(root)

  function store(): Promise<boolean> {
    const body = { name, scope, conditions, sort, ...(scope === 'team' && team && { team_id: team }) }
    return save(() => (view ? api.update(view.id, body) : api.create(body)))
  }

  function drop({ id, name, scope, conditions, sort, team_id }: SavedView): Promise<void> {
    const again = { name, scope, conditions, sort, ...(team_id && { team_id }) }
    return remove({
      remove: () => api.remove(id),
      again: () => api.create(again),
      said: t('view.removed', { name }),
    })
  }

  return (
    <EditorDialog
      title={view ? view.name : t('view.add')}
      busy={busy}
      onSave={store}
      onRemove={view && (() => drop(view))}
      onClose={onClose}
    >
      <Input
        label={t('rule.name')}
        autoFocus
        placeholder={t('view.namePlaceholder')}
        value={name}
        error={errors.name}
        onChange={(event) => setName(event.target.value)}
      />
      <EditorStep title={t('view.shows')}>
        <ConditionBuilder
          fields={fields ?? []}
          value={root}
          errors={errors}
          always={t('view.always')}
          onChange={setRoot}
        />
      </EditorStep>
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <Select
          label={t('filter.sort')}
          value={sort}
          error={errors.sort}
          onChange={(event) => setSort(event.target.value as SavedView['sort'])}
        >
          {sorts.map((item) => (
            <option key={item} value={item}>
              {t(`filter.sort.${item}`)}
            </option>
          ))}
        </Select>
        <ScopeFields
          scope={scope}
          team={team}
          errors={errors}
          maker={maker}
          onScope={setScope}
          onTeam={setTeam}
        />
      </div>
      <Preview conditions={conditions} sort={sort} />
      <Wrong errors={errors} root={root} />
    </EditorDialog>
  )
}
