import { useState } from 'react'
import type { Account, AccountKind, KindField } from '#/api/types'
import { useKeptState } from './editor/kept-state'
import { type Values, valuesOf } from './values'

/** withoutSecrets are the values that a browser may keep: what nobody else may read is typed again. */
export function withoutSecrets(fields: KindField[], values: Values): Values {
  const secret = new Set(fields.filter((field) => field.type === 'secret').map((field) => field.name))
  return Object.fromEntries(Object.entries(values).filter(([name]) => !secret.has(name)))
}

/** Where a form of an account keeps what is typed: each account for itself, and a new one by its network. */
export const keptPlace = (kind: string, account: Account | null): string => account?.id ?? `new.${kind}`

/** What a form of an account keeps beside name and team. */
export interface KeptFields {
  finish: () => void
  /** Null where nothing was kept. */
  discard: (() => void) | null
}

/** useValues is what is typed into the fields of a network. All but its secrets is there again when its dialog closes over it. */
export function useValues(
  kind: AccountKind,
  fields: KindField[],
  account: Account | null,
  suggested: Values = {},
) {
  const [begun] = useState<Values>(() => ({ ...valuesOf(fields, account), ...suggested }))
  const [plain, setPlain, finish, discard] = useKeptState(
    'account-fields',
    keptPlace(kind.kind, account),
    withoutSecrets(fields, begun),
  )
  const [all, setAll] = useState(begun)
  const values: Values = { ...all, ...plain }

  function set(name: string, value: unknown): void {
    const next = { ...values, [name]: value }
    setAll(next)
    setPlain(withoutSecrets(fields, next))
  }

  const kept: KeptFields = { finish, discard }
  return { values, set, kept }
}
