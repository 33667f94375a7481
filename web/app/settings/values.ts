import type { Account, KindField } from '#/api/types'
import { listOf } from './config-field'

/** The values of a channel's form by the names of its fields. */
export type Values = Record<string, unknown>

/** valuesOf begins a form with what an account has, else with what is usual. */
export function valuesOf(fields: KindField[], account: Account | null): Values {
  return Object.fromEntries(fields.map((field) => [field.name, account?.config[field.name] ?? field.default]))
}

/** toConfig gives every value the type its field has; a secret left empty is not sent. */
export function toConfig(fields: KindField[], values: Values): Values {
  const config: Values = {}
  for (const field of fields) {
    const value = values[field.name]
    if (value === undefined || (field.type === 'secret' && !value)) continue
    if (field.type === 'bool') config[field.name] = value === true || value === 'true'
    else if (field.type === 'number') {
      if (value !== '') config[field.name] = Number(value)
    } else config[field.name] = field.type === 'list' ? listOf(value) : value
  }
  return config
}
