import { useState } from 'react'
import { macros as api, type Macro, type Vocabulary } from '#/api/rules'
import { t } from '#/text/text'
import { Input } from '#/ui/field'
import { readActions, writeActions } from './action-draft'
import { ActionList } from './actions'
import { EditorDialog } from './editor-dialog'
import { Wrong } from './errors'
import { ScopeFields } from './scope'
import { EditorStep } from './step'
import { useEditor } from './use-editor'

interface MacroDialogProps {
  macro: Macro | null
  /** Whether the person may write macros for others. */
  maker: boolean
  vocabulary: Vocabulary
  onClose: () => void
}

/** A macro is done at once, so it neither waits nor calls out. */
const notForMacros = ['wait', 'webhook']

export function MacroDialog({ macro, maker, vocabulary, onClose }: MacroDialogProps) {
  const { busy, errors, save, remove } = useEditor(['macros'], onClose)
  const [name, setName] = useState(macro?.name ?? '')
  const [scope, setScope] = useState<Macro['scope']>(macro?.scope ?? (maker ? 'all' : 'mine'))
  const [team, setTeam] = useState(macro?.team_id ?? '')
  const [actions, setActions] = useState(() => readActions(macro?.actions ?? []))

  function store(): Promise<boolean> {
    const body = {
      name,
      scope,
      ...(scope === 'team' && team && { team_id: team }),
      actions: writeActions(actions),
    }
    return save(() => (macro ? api.update(macro.id, body) : api.create(body)))
  }

  function drop({ id, name, scope, actions, team_id }: Macro): Promise<void> {
    const again = { name, scope, actions, ...(team_id && { team_id }) }
    return remove({
      remove: () => api.remove(id),
      again: () => api.create(again),
      said: t('macro.removed', { name }),
    })
  }

  return (
    <EditorDialog
      title={macro ? macro.name : t('macro.add')}
      busy={busy}
      onSave={store}
      onRemove={macro && (() => drop(macro))}
      onClose={onClose}
    >
      <Input
        label={t('rule.name')}
        autoFocus
        placeholder={t('macro.namePlaceholder')}
        value={name}
        error={errors.name}
        onChange={(event) => setName(event.target.value)}
      />
      <EditorStep title={t('macro.does')}>
        <ActionList
          actions={actions}
          types={vocabulary.actions.filter((type) => !notForMacros.includes(type))}
          variables={vocabulary.variables}
          errors={errors}
          onChange={setActions}
        />
      </EditorStep>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <ScopeFields
          scope={scope}
          team={team}
          errors={errors}
          maker={maker}
          onScope={setScope}
          onTeam={setTeam}
        />
      </div>
      <Wrong errors={errors} />
    </EditorDialog>
  )
}
