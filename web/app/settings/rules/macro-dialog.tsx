import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTeams } from '#/api/queries'
import { macros as api, type Macro, type Vocabulary } from '#/api/rules'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input, Select } from '#/ui/field'
import { say } from '#/ui/toast'
import { readActions, writeActions } from './action-draft'
import { ActionList } from './actions'
import { Wrong } from './errors'
import { EditorStep } from './step'
import { useForm } from './use-form'

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
  const queries = useQueryClient()
  const teams = useTeams()
  const { busy, errors, run } = useForm()
  const [name, setName] = useState(macro?.name ?? '')
  const [scope, setScope] = useState<Macro['scope']>(macro?.scope ?? (maker ? 'all' : 'mine'))
  const [team, setTeam] = useState(macro?.team_id ?? '')
  const [actions, setActions] = useState(() => readActions(macro?.actions ?? []))

  const reread = () => void queries.invalidateQueries({ queryKey: ['macros'] })

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const body = {
      name,
      scope,
      ...(scope === 'team' && team && { team_id: team }),
      actions: writeActions(actions),
    }
    const stored = await run(() => (macro ? api.update(macro.id, body) : api.create(body)))
    if (!stored) return
    reread()
    onClose()
  }

  async function remove(): Promise<void> {
    if (!macro || (await run(() => api.remove(macro.id).then(() => true))) === null) return
    const { name, scope, actions, team_id } = macro
    const again = { name, scope, actions, ...(team_id && { team_id }) }
    say(t('macro.removed', { name }), { undo: () => void api.create(again).then(reread) })
    reread()
    onClose()
  }

  return (
    <Dialog wide open onClose={onClose} title={macro ? macro.name : t('macro.add')}>
      <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
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
          <Select
            label={t('macro.scope')}
            value={scope}
            error={errors.scope}
            disabled={!maker}
            onChange={(event) => setScope(event.target.value as Macro['scope'])}
          >
            <option value="mine">{t('macro.scope.mine')}</option>
            <option value="team">{t('macro.scope.team')}</option>
            <option value="all">{t('macro.scope.all')}</option>
          </Select>
          {scope === 'team' && (
            <Select
              label={t('macro.team')}
              value={team}
              error={errors.team_id}
              onChange={(event) => setTeam(event.target.value)}
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
        </div>
        <Wrong errors={errors} />
        <div className="flex flex-wrap justify-end gap-2">
          {macro && (
            <Button tone="danger" className="me-auto" disabled={busy} onClick={() => void remove()}>
              {t('common.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
