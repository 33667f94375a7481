import { expect, test } from 'vitest'
import { accountName } from './channel'

test('accounts of one network have their names, the only one of its kind has none', () => {
  const all = [
    { id: '1', kind: 'email', name: 'Sales' },
    { id: '2', kind: 'email', name: 'Support' },
    { id: '3', kind: 'telegram', name: 'Shop bot' },
  ]
  expect(accountName(all, 'email', '2')).toBe('Support')
  expect(accountName(all, 'telegram', '3')).toBe('')
  expect(accountName(all, 'email', '9')).toBe('')
  expect(accountName([], 'email', '1')).toBe('')
})
