import { useState } from 'react'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { toLocal } from '#/ui/local-time'
import type { MenuItem } from '#/ui/menu'
import { snoozeOptions, snoozeTime } from './snooze'

/** When an answer may leave, beside now: the usual times, and any other. */
export function laterItems(onPick: (at: Date) => void, onChoose: () => void): MenuItem[] {
  const usual = snoozeOptions().map(({ id }) => ({
    id,
    name: t(`later.${id}`),
    icon: 'clock' as const,
    run: () => onPick(snoozeTime(id, new Date())),
  }))
  return [...usual, { id: 'later', name: t('later.choose'), icon: 'clock', run: onChoose }]
}

interface LaterDialogProps {
  /** What stands there at first; tomorrow morning when it is left out. */
  first?: Date
  onClose: () => void
  onPick: (at: Date) => void
}

/** Any time within a year, by the clock on the agent's own wall. */
export function LaterDialog({ first, onClose, onPick }: LaterDialogProps) {
  const [value, setValue] = useState(() => toLocal(first ?? snoozeTime('tomorrow', new Date())))
  const at = new Date(value)
  const fits = at.getTime() > Date.now()
  return (
    <Dialog open onClose={onClose} title={t('later.title')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!fits) return
          onPick(at)
          onClose()
        }}
      >
        <p className="text-muted text-sm">{t('later.help')}</p>
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
            {t('later.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
