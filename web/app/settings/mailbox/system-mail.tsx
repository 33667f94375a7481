import { useQuery } from '@tanstack/react-query'
import { systemMail as api } from '#/api/records'
import type { Account } from '#/api/types'
import { t } from '#/text/text'
import { Select } from '#/ui/field'
import { Group } from '../parts'
import { useSave } from '../use-save'

/** By which mailbox invitations and links for forgotten passwords leave. */
export function SystemMailGroup({ accounts }: { accounts: Account[] }) {
  const setting = useQuery({ queryKey: ['system-mail'], queryFn: api.get }).data
  const save = useSave('system-mail', 'setup')
  const boxes = accounts.filter((account) => account.kind === 'email')
  if (!setting || boxes.length === 0) return null
  const value = setting.off ? 'off' : (setting.account_id ?? '')
  const connected = boxes.find((box) => box.state === 'connected')
  return (
    <Group title={t('systemMail.title')} help={t('systemMail.help')}>
      <Select
        label={t('systemMail.account')}
        value={value}
        onChange={(event) => {
          const chosen = event.target.value
          const off = chosen === 'off'
          save.mutate(() => api.set({ off, account_id: off || !chosen ? null : chosen }))
        }}
      >
        <option value="">
          {connected ? t('systemMail.first', { name: connected.name }) : t('systemMail.firstNone')}
        </option>
        {boxes.map((box) => (
          <option key={box.id} value={box.id}>
            {box.name}
          </option>
        ))}
        <option value="off">{t('systemMail.off')}</option>
      </Select>
    </Group>
  )
}
