import { expect, test } from 'vitest'
import type { AccountKind, KindField } from '#/api/types'
import { applying, hookOf, madeUp } from './applying'

const words = { ru: 'слово', en: 'word' }

function field(name: string, more: Partial<KindField> = {}): KindField {
  return {
    name,
    type: 'text',
    required: false,
    default: '',
    options: [],
    label: words,
    help: words,
    when: null,
    ...more,
  }
}

const kind: AccountKind = {
  kind: 'sms',
  name: 'SMS',
  fields: [
    field('provider', { default: 'http' }),
    field('gateway', { default: 'own', when: { field: 'provider', values: ['http'] } }),
    field('description', { when: { field: 'gateway', values: ['own', 'other'] } }),
    field('token', { type: 'secret', when: { field: 'provider', values: ['twilio'] } }),
    field('sender'),
  ],
  hooks: [
    { when: { field: 'provider', values: ['twilio'] }, paste: { ru: 'там', en: 'there' }, with: ['token'] },
    { when: { field: 'gateway', values: ['own'] }, paste: words, with: [] },
  ],
}

test.each([
  ['defaults count', {}, 'provider gateway description sender'],
  ['blanks are nothing', { provider: ' ' }, 'provider gateway description sender'],
  ['another value', { gateway: 'known' }, 'provider gateway sender'],
  ['what does not apply counts for nothing', { provider: 'twilio', gateway: 'own' }, 'provider token sender'],
])('%s', (_, values, want) => {
  expect(
    applying(kind.fields, values)
      .map((item) => item.name)
      .join(' '),
  ).toBe(want)
})

test('the first hook that holds is found', () => {
  expect(hookOf(kind, { provider: 'twilio', gateway: 'own' })?.paste.en).toBe('there')
  expect(hookOf(kind, {})?.paste.en).toBe('word')
  expect(hookOf(kind, { gateway: 'known' })).toBeUndefined()
})

test('only what is entered at the network too is made up, anew each time', () => {
  const one = madeUp(kind)
  expect(Object.keys(one)).toEqual(['token'])
  expect(one.token).toMatch(/^[0-9a-f]{32}$/)
  expect(madeUp(kind).token).not.toBe(one.token)
})
