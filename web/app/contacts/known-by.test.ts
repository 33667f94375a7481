import { expect, test } from 'vitest'
import type { Account, Contact } from '#/api/types'
import { t } from '#/text/text'
import { addressesOf, knownBy } from './identities'

const accounts = [
  { id: '1', kind: 'webchat' },
  { id: '2', kind: 'telegram' },
] as Account[]

const of = (...list: [scope: string, address: string][]) =>
  ({ identities: list.map(([scope, address]) => ({ scope, address })) }) as unknown as Contact

test('a person is told apart by what people know, never by what a machine gave', () => {
  const browser: [string, string] = ['account:1', 'ldzxcuojp2hj7pb2']
  expect(knownBy(of(browser, ['phone', '+79161234567'], ['email', 'ivan@example.com']), accounts)).toBe(
    'ivan@example.com',
  )
  expect(knownBy(of(browser, ['phone', '+79161234567']), accounts)).toBe('+79161234567')
  expect(knownBy(of(browser, ['account:2', '77001']), accounts)).toBe('77001')
  expect(knownBy(of(browser), accounts)).toBe(t('identity.browser'))
  expect(knownBy(of(), accounts)).toBe('')
})

test('what two contacts become names no browser by its id, and all of them once', () => {
  const merged = of(
    ['account:1', 'ldzxcuojp2hj7pb2'],
    ['email', 'ivan@example.com'],
    ['account:1', 'rg27sbzs2ge5hnq6'],
    ['account:2', '77001'],
  )
  expect(addressesOf(merged, accounts)).toEqual([t('identity.browser'), 'ivan@example.com', '77001'])
  expect(addressesOf(of(), accounts)).toEqual([])
})
