import { useState } from 'react'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { toLocal } from '#/ui/local-time'
import { snoozeTime } from './snooze'

interface TimeDialogProps {
  title: string
  help: string
  confirm: string
  /** What stands there at first; tomorrow morning when it is left out. */
  first?: Date
  onClose: () => void
  onPick: (at: Date) => void
}

/** Any time to come, by the clock on the agent's own wall. */
export default function TimeDialog({ title, help, confirm, first, onClose, onPick }: TimeDialogProps) {
  const [value, setValue] = useState(() => toLocal(first ?? snoozeTime('tomorrow', new Date())))
  const at = new Date(value)
  const fits = at.getTime() > Date.now()
  return (
    <Dialog open onClose={onClose} title={title}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!fits) return
          onPick(at)
          onClose()
        }}
      >
        <p className="text-muted text-sm">{help}</p>
        <Input
          type="datetime-local"
          label={t('later.when')}
          error={fits ? undefined : t('later.past')}
          min={toLocal(new Date())}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" disabled={!fits}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
