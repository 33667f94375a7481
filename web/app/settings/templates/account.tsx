import { messageTemplates as api } from '#/api/templates'
import type { Account, MessageTemplate, TemplateReading } from '#/api/types'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Button } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { Group } from '../parts'
import { useSave } from '../use-save'
import { TemplateItem } from './item'

interface AccountTemplatesProps {
  account: Account | undefined
  reading: TemplateReading
  items: MessageTemplate[]
}

/** One account's templates as its network last listed them, and how reading them went. */
export function AccountTemplates({ account, reading, items }: AccountTemplatesProps) {
  const save = useSave('message-templates')
  return (
    <Group
      title={account?.name ?? ''}
      help={
        reading.read_at ? t('template.read', { time: fullTime(reading.read_at) }) : t('template.neverRead')
      }
      aside={
        <Button
          small
          icon="undo"
          busy={save.isPending}
          onClick={() => save.mutate(() => api.refresh(reading.account_id))}
        >
          {t('template.refresh')}
        </Button>
      }
    >
      {reading.error && (
        <p className="flex items-start gap-1.5 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          <Icon name="alert" className="mt-0.5 size-4!" />
          <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
            {t('template.failed', { time: fullTime(reading.tried_at), reason: reading.error.text })}
          </span>
        </p>
      )}
      {items.length === 0 && !reading.error && <p className="text-muted">{t('template.noneHere')}</p>}
      <ul className="flex flex-col gap-3">
        {items.map((item) => (
          <li key={item.id}>
            <TemplateItem template={item} />
          </li>
        ))}
      </ul>
    </Group>
  )
}
