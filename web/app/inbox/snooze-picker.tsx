import { Suspense, useState } from 'react'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Picker } from '#/ui/picker'
import { piece } from '#/ui/piece'
import { otherTime, snoozeOptions, snoozeTime } from './snooze'

const TimeDialog = piece(() => import('./time-dialog'))

interface SnoozePickerProps {
  open: boolean
  onOpen: (open: boolean) => void
  onPick: (until: Date) => void
}

/** Until when something sleeps: the usual times, and one's own. */
export function SnoozePicker({ open, onOpen, onPick }: SnoozePickerProps) {
  const [choosing, setChoosing] = useState(false)
  return (
    <>
      <Picker
        label={t('act.snooze')}
        open={open}
        onOpen={onOpen}
        options={snoozeOptions()}
        onPick={(choice) =>
          choice === otherTime ? setChoosing(true) : onPick(snoozeTime(choice, new Date()))
        }
        trigger={<IconButton icon="moon" label={t('act.snooze')} hint="H" />}
      />
      {choosing && (
        <Suspense>
          <TimeDialog
            title={t('snooze.title')}
            help={t('snooze.help')}
            confirm={t('snooze.confirm')}
            onClose={() => setChoosing(false)}
            onPick={onPick}
          />
        </Suspense>
      )}
    </>
  )
}
