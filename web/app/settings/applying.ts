import type { AccountKind, KindField } from '#/api/types'
import type { Values } from './values'

type Hook = AccountKind['hooks'][number]

/** applying lists the fields that apply to these values, as the server does: a field stands behind the one that it depends on. */
export function applying(fields: KindField[], values: Values): KindField[] {
  const has = new Map<string, string>()
  return fields.filter((field) => {
    if (field.when && !field.when.values.includes(has.get(field.when.field) ?? '')) return false
    has.set(field.name, String(values[field.name] ?? '').trim() || field.default)
    return true
  })
}

/** hookOf finds what is to be done with the webhook address of an account that is configured so; undefined is nothing. */
export function hookOf(kind: AccountKind, values: Values): Hook | undefined {
  const fields = applying(kind.fields, values)
  return kind.hooks.find(({ when }) => {
    const field = fields.find((item) => item.name === when?.field)
    return !when || (field && when.values.includes(String(values[field.name] || field.default)))
  })
}

/** madeUp gives secrets to the fields that are entered at the network as well, for people who would have to make them up. */
export function madeUp(kind: AccountKind): Values {
  const names = new Set(kind.hooks.flatMap((hook) => hook.with))
  const secret = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    )
  return Object.fromEntries(
    kind.fields
      .filter((field) => field.type === 'secret' && names.has(field.name))
      .map((field) => [field.name, secret()]),
  )
}
