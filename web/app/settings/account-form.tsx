import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTeams } from '#/api/queries'
import type { Account, ID } from '#/api/types'
import { t } from '#/text/text'
import { Dialog } from '#/ui/dialog'
import { Input, Select } from '#/ui/field'
import { ArchiveButton } from './archive'
import { Guide } from './guide/guide'
import { Form } from './parts'

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
  const { kind, title, account, suggested, onSave, onClose, children, more, actions } = props
  const queries = useQueryClient()
  const [name, setName] = useState(account?.name ?? suggested)
  const [team, setTeam] = useState(account?.team_id ?? '')

  async function submit(): Promise<void> {
    await onSave({ name, team_id: team || null })
    void queries.invalidateQueries({ queryKey: ['accounts'] })
  }

  return (
    <Dialog open onClose={onClose} title={title}>
      <Form submit={account ? t('common.save') : t('channels.connect')} onSubmit={submit} onCancel={onClose}>
        {(errors) => (
          <>
            <Guide kind={kind} />
            <Input
              label={t('channels.name')}
              required
              value={name}
              error={errors.name}
              onChange={(event) => setName(event.target.value)}
            />
            {children(errors)}
            <TeamChoice value={team} error={errors.team_id} onChange={setTeam} />
            {more?.(errors)}
            {account && (
              <div className="flex flex-wrap gap-2">
                {actions}
                <ArchiveButton account={account} onDone={onClose} />
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
