import { expect, test } from 'vitest'
import type { Account, KindField } from '#/api/types'
import { keptPlace, withoutSecrets } from './kept-values'

const field = (name: string, type: KindField['type']) => ({ name, type }) as KindField

test('no secret is kept, whether it was typed or suggested', () => {
  const fields = [
    field('phone', 'text'),
    field('token', 'secret'),
    field('verify', 'secret'),
    field('days', 'number'),
  ]
  const values = { phone: '+7', token: 's3cret', verify: '0f0f', days: 30 }
  expect(withoutSecrets(fields, values)).toEqual({ phone: '+7', days: 30 })
})

test('each account keeps its own, and so does each network that is connected anew', () => {
  expect(keptPlace('telegram', { id: '7' } as Account)).toBe('7')
  expect(keptPlace('telegram', null)).not.toBe(keptPlace('vk', null))
})
