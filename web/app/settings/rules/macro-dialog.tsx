import { macros as api, type Macro, type NewMacro, type Vocabulary } from '#/api/rules'
import { t } from '#/text/text'
import { Input } from '#/ui/field'
import { EditorDialog } from '../editor/dialog'
import type { Shape } from '../editor/stand'
import { useRow } from '../editor/use-row'
import { type ActionDraft, readActions, writeActions } from './action-draft'
import { ActionList } from './actions'
import { Wrong } from './errors'
import { readScope, type Scope, type ScopeDraft, ScopeFields, useMaker, writeScope } from './scope'
import { EditorStep } from './step'

interface MacroDialogProps {
  macro: Macro | null
  vocabulary: Vocabulary
  onClose: () => void
}

interface MacroDraft extends ScopeDraft {
  name: string
  actions: ActionDraft[]
}

/** A macro is done at once, so it neither waits nor calls out. */
const notForMacros = ['wait', 'webhook']

const shapeOf = (scope: Scope): Shape<Macro, NewMacro & { scope: Scope }, MacroDraft> => ({
  noun: 'macro',
  of: (macro) => ({
    name: macro?.name ?? '',
    ...writeScope(readScope(macro ?? { scope })),
    actions: writeActions(readActions(macro?.actions ?? [])),
  }),
  read: ({ name, actions, ...rest }) => ({ name, ...readScope(rest), actions: readActions(actions) }),
  write: ({ name, actions, ...rest }) => ({ name, ...writeScope(rest), actions: writeActions(actions) }),
})

export function MacroDialog({ macro, vocabulary, onClose }: MacroDialogProps) {
  const maker = useMaker()
  const row = useRow(shapeOf(maker ? 'all' : 'mine'), macro, {
    queryKey: ['macros'],
    api,
    removed: (name) => t('macro.removed', { name }),
    onClose,
  })
  const { draft, set, errors } = row
  return (
    <EditorDialog
      title={macro ? macro.name : t('macro.add')}
      row={row}
      onClose={onClose}
      wrong={<Wrong errors={errors} />}
    >
      <Input
        label={t('rule.name')}
        autoFocus
        placeholder={t('macro.namePlaceholder')}
        value={draft.name}
        error={errors.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <EditorStep title={t('macro.does')}>
        <ActionList
          actions={draft.actions}
          types={vocabulary.actions.filter((type) => !notForMacros.includes(type))}
          variables={vocabulary.variables}
          errors={errors}
          onChange={(actions) => set({ actions })}
        />
      </EditorStep>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <ScopeFields draft={draft} errors={errors} onChange={set} />
      </div>
    </EditorDialog>
  )
}
