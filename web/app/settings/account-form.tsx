import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTeams } from '#/api/queries'
import type { Account, ID } from '#/api/types'
import { t } from '#/text/text'
import { Dialog } from '#/ui/dialog'
import { Input, Select } from '#/ui/field'
import { ArchiveButton } from './archive'
import { useKeptState } from './editor/kept-state'
import { Guide } from './guide/guide'
import { type KeptFields, keptPlace } from './kept-values'
import { Form } from './parts'
import { KeptNote } from './rules/kept-note'

/** What every account has, whatever its network. */
export interface Common {
  name: string
  team_id: ID | null
}

interface AccountFormProps {
  kind: string
  title: string
  /** The account that is changed; null connects a new one. */
  account: Account | null
  /** The name that is suggested for a new one. */
  suggested: string
  /** What is kept of the network's own fields. */
  kept: KeptFields
  onSave: (common: Common) => Promise<unknown>
  onClose: () => void
  /** The network's own fields, below the name. */
  children: (errors: Record<string, string>) => ReactNode
  /** What is needed more seldom, below the team. */
  more?: (errors: Record<string, string>) => ReactNode
  /** Buttons beside that which disconnects. */
  actions?: ReactNode
}

/** The frame of every form that connects or changes an account: name, guide, the network's own fields, team, and the way out. */
export function AccountForm(props: AccountFormProps) {
  const { kind, title, account, suggested, kept, onSave, onClose, children, more, actions } = props
  const queries = useQueryClient()
  const [written, setWritten, finish, discard] = useKeptState('account', keptPlace(kind, account), {
    name: account?.name ?? suggested,
    team: account?.team_id ?? '',
  })
  const { name, team } = written

  async function submit(): Promise<void> {
    await onSave({ name, team_id: team || null })
    forget()
    void queries.invalidateQueries({ queryKey: ['accounts'] })
  }

  function forget(): void {
    finish()
    kept.finish()
  }

  /** leave closes it for good: what was typed is not kept. */
  function leave(): void {
    forget()
    onClose()
  }

  function discardAll(): void {
    discard?.()
    kept.discard?.()
  }

  return (
    <Dialog open onClose={onClose} title={title}>
      <Form submit={account ? t('common.save') : t('channels.connect')} onSubmit={submit} onCancel={leave}>
        {(errors) => (
          <>
            {(discard || kept.discard) && <KeptNote onDiscard={discardAll} />}
            <Guide kind={kind} />
            <Input
              label={t('channels.name')}
              required
              value={name}
              error={errors.name}
              onChange={(event) => setWritten({ name: event.target.value, team })}
            />
            {children(errors)}
            <TeamChoice
              value={team}
              error={errors.team_id}
              onChange={(next) => setWritten({ name, team: next })}
            />
            {more?.(errors)}
            {account && (
              <div className="flex flex-wrap gap-2">
                {actions}
                <ArchiveButton account={account} onDone={leave} />
              </div>
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}

interface TeamChoiceProps {
  value: string
  error: string | undefined
  onChange: (team: string) => void
}

/** Which team an account's conversations go to; there is nothing to choose without teams. */
function TeamChoice({ value, error, onChange }: TeamChoiceProps) {
  const teams = useTeams()
  if (teams.length === 0) return null
  return (
    <Select
      label={t('channels.team')}
      value={value}
      error={error}
      help={t('channels.teamHelp')}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('act.noTeam')}</option>
      {teams.map((item) => (
        <option key={item.id} value={item.id}>
          {item.name}
        </option>
      ))}
    </Select>
  )
}
