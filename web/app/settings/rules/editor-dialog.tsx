import type { FormEvent, ReactNode } from 'react'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'

interface EditorDialogProps {
  title: string
  busy: boolean
  onSave: () => unknown
  /** Null for what is new, which nobody can delete yet. */
  onRemove: (() => unknown) | null
  onClose: () => void
  children: ReactNode
}

/** The dialog that writes one row of a list: its fields, and below them delete, cancel and save. */
export function EditorDialog({ title, busy, onSave, onRemove, onClose, children }: EditorDialogProps) {
  function submit(event: FormEvent): void {
    event.preventDefault()
    onSave()
  }
  return (
    <Dialog wide open onClose={onClose} title={title}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {children}
        <div className="flex flex-wrap justify-end gap-2">
          {onRemove && (
            <Button tone="danger" className="me-auto" disabled={busy} onClick={() => onRemove()}>
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
