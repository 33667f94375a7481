import { type ReactNode, useId } from 'react'
import { Dialog } from '#/ui/dialog'
import { KeptNote } from '../rules/kept-note'
import { EditorFields } from './fields'
import { EditorFoot } from './foot'
import { Newer } from './newer'
import type { Conflict } from './use-draft'

interface EditorDialogProps {
  title: string
  row: {
    base: { version?: number }
    round: number
    restored: boolean
    discard: () => void
    conflict: Conflict | null
    busy: boolean
    save: (version: number | undefined) => unknown
    /** Closes it for good: what was typed is not kept. */
    cancel: () => void
    /** Null for what is new. */
    remove: (() => unknown) | null
  }
  onClose: () => void
  /** What kept it from being saved. */
  wrong: ReactNode
  children: ReactNode
}

/** The dialog that writes one row of a list: its fields, and below them delete, cancel and save. */
export function EditorDialog({ title, row, onClose, wrong, children }: EditorDialogProps) {
  const form = useId()
  return (
    <Dialog wide open onClose={onClose} title={title}>
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void row.save(row.base.version)
        }}
        className="flex flex-col gap-5"
      >
        {row.restored && <KeptNote onDiscard={row.discard} />}
        <EditorFields busy={row.busy} round={row.round}>
          {children}
        </EditorFields>
        {wrong}
        <Newer conflict={row.conflict} busy={row.busy} onOver={row.save} />
        <EditorFoot form={form} busy={row.busy} onRemove={row.remove} onCancel={row.cancel} />
      </form>
    </Dialog>
  )
}
