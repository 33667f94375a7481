import { useQuery } from '@tanstack/react-query'
import { savedViews as api, type NewView, type SavedView } from '#/api/views'
import { t } from '#/text/text'
import { Input, Select } from '#/ui/field'
import { EditorDialog } from '../editor/dialog'
import type { Shape } from '../editor/stand'
import { useRow } from '../editor/use-row'
import { ConditionBuilder } from '../rules/builder'
import { type Branch, newBranch, newRow, readCondition, writeCondition } from '../rules/condition'
import { Wrong } from '../rules/errors'
import { readScope, type Scope, type ScopeDraft, ScopeFields, writeScope } from '../rules/scope'
import { EditorStep } from '../rules/step'
import { Preview } from './preview'

interface ViewDialogProps {
  view: SavedView | null
  onClose: () => void
}

interface ViewDraft extends ScopeDraft {
  name: string
  root: Branch
  sort: SavedView['sort']
}

/** Most views are of what is not closed, so a new one begins there. */
const beginning = () => newBranch('all', [newRow('conversation.status', 'in', ['open', 'pending'])])

const sorts = ['newest', 'oldest', 'due'] as const

const shape: Shape<
  SavedView,
  Omit<NewView, 'scope' | 'sort'> & { scope: Scope; sort: SavedView['sort'] },
  ViewDraft
> = {
  noun: 'view',
  of: (view) => ({
    name: view?.name ?? '',
    ...writeScope(readScope(view ?? { scope: 'mine' })),
    conditions: writeCondition(view ? readCondition(view.conditions) : beginning()),
    sort: view?.sort ?? 'newest',
  }),
  read: ({ name, conditions, sort, ...rest }) => ({
    name,
    ...readScope(rest),
    root: readCondition(conditions),
    sort,
  }),
  write: ({ name, root, sort, ...rest }) => ({
    name,
    ...writeScope(rest),
    conditions: writeCondition(root),
    sort,
  }),
}

/** Which conversations, in which order, and who has the list; beside it what it shows now. */
export function ViewDialog({ view, onClose }: ViewDialogProps) {
  const fields = useQuery({
    queryKey: ['view-fields'],
    queryFn: api.fields,
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.items
  const row = useRow(shape, view, {
    queryKey: ['views'],
    api,
    removed: (name) => t('view.removed', { name }),
    onClose,
  })
  const { draft, set, errors } = row
  return (
    <EditorDialog
      title={view ? view.name : t('view.add')}
      row={row}
      onClose={onClose}
      wrong={<Wrong errors={errors} root={draft.root} />}
    >
      <Input
        label={t('rule.name')}
        autoFocus
        placeholder={t('view.namePlaceholder')}
        value={draft.name}
        error={errors.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <EditorStep title={t('view.shows')}>
        <ConditionBuilder
          fields={fields ?? []}
          value={draft.root}
          errors={errors}
          always={t('view.always')}
          onChange={(root) => set({ root })}
        />
      </EditorStep>
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <Select
          label={t('filter.sort')}
          value={draft.sort}
          error={errors.sort}
          onChange={(event) => set({ sort: event.target.value as SavedView['sort'] })}
        >
          {sorts.map((item) => (
            <option key={item} value={item}>
              {t(`filter.sort.${item}`)}
            </option>
          ))}
        </Select>
        <ScopeFields draft={draft} errors={errors} onChange={set} />
      </div>
      <Preview conditions={writeCondition(draft.root)} sort={draft.sort} />
    </EditorDialog>
  )
}
