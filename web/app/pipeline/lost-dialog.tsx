import { useState } from 'react'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'

interface LostDialogProps {
  open: boolean
  onClose: () => void
  onLose: (reason: string) => void
}

/** A lost lead teaches something only with its reason. */
export default function LostDialog({ open, onClose, onLose }: LostDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <Dialog open={open} onClose={onClose} title={t('lead.loseTitle')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onLose(reason.trim())
          onClose()
        }}
      >
        <Input
          label={t('lead.lostReason')}
          required
          maxLength={200}
          list="lost-reasons"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <datalist id="lost-reasons">
          <option value={t('lead.reason.price')} />
          <option value={t('lead.reason.silent')} />
          <option value={t('lead.reason.other')} />
          <option value={t('lead.reason.notOurs')} />
        </datalist>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary">
            {t('lead.lose')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
