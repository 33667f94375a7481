import { type ReactNode, useId } from 'react'
import { useToastsOff } from '#/ui/toast'
import type { Branch } from '../rules/condition'
import { Wrong } from '../rules/errors'
import { KeptNote } from '../rules/kept-note'
import { EditorFields } from './fields'
import { EditorFoot } from './foot'
import { Newer } from './newer'
import type { Conflict } from './use-draft'

interface PageFormProps {
  edit: {
    base: { version?: number }
    round: number
    restored: boolean
    discard: () => void
    conflict: Conflict | null
  }
  busy: boolean
  errors: Record<string, string>
  /** The conditions, whose rows errors name. */
  root?: Branch
  /** Saves by a version; none is what is new. */
  onSave: (version: number | undefined) => unknown
  onRemove: (() => unknown) | null
  remove?: string
  children: ReactNode
}

/** The form of a page that edits one thing: what was kept, its fields, what kept it from being saved, and the buttons. */
export function PageForm({ edit, busy, errors, root, onSave, onRemove, remove, children }: PageFormProps) {
  const form = useId()
  useToastsOff('above')
  return (
    <form
      id={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void onSave(edit.base.version)
      }}
      className="flex flex-col gap-6"
    >
      {edit.restored && <KeptNote onDiscard={edit.discard} />}
      <EditorFields busy={busy} round={edit.round}>
        {children}
      </EditorFields>
      <Wrong errors={errors} root={root} />
      <Newer conflict={edit.conflict} busy={busy} onOver={onSave} />
      <EditorFoot form={form} busy={busy} onRemove={onRemove} remove={remove} />
    </form>
  )
}
