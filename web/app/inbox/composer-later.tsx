import { t } from '#/text/text'
import type { MenuItem } from '#/ui/menu'
import { snoozeChoices, snoozeTime } from './snooze'
import TimeDialog from './time-dialog'

/** When an answer may leave, beside now: the usual times, and any other. */
export function laterItems(onPick: (at: Date) => void, onChoose: () => void): MenuItem[] {
  const usual = snoozeChoices(new Date()).map((id) => ({
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

/** Any time within a year at which an answer is to leave. */
export function LaterDialog(props: LaterDialogProps) {
  return (
    <TimeDialog {...props} title={t('later.title')} help={t('later.help')} confirm={t('later.confirm')} />
  )
}
