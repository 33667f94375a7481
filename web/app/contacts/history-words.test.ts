import { describe, expect, it, vi } from 'vitest'
import type { FieldChange } from '#/api/people-records'
import { loadCatalogue } from '#/text/text'
import { changeText, whoText } from './history-words'

const change = (field: string, from: unknown, to: unknown, rest: Partial<FieldChange> = {}) =>
  ({
    id: '1',
    at: '2026-03-01T10:00:00Z',
    field,
    from,
    to,
    from_name: '',
    to_name: '',
    of_id: null,
    of_name: '',
    cause: { kind: 'agent', id: '7', name: 'Ada' },
    ...rest,
  }) as FieldChange

vi.stubGlobal('document', { documentElement: {} })

describe('the history of a field', () => {
  it('is told by names', async () => {
    await loadCatalogue('en')
    const said = [
      change('name', 'Anna', 'Anna Lee'),
      change('owner_id', null, '7', { to_name: 'Ada' }),
      change('owner_id', '7', null),
      change('fields.size', 42, null),
      change('identity', null, { scope: 'phone', address: '+79001234567' }),
      change('merged', null, '9', { to_name: 'Nina' }),
      change('checklist', null, [{ text: 'Ring', done: false }]),
      change('checklist', [{ text: 'Ring', done: false }], [{ text: 'Ring', done: true }]),
    ].map((one) => changeText(one, 'contacts'))
    expect(said).toEqual([
      'Name: Anna → Anna Lee',
      'Owner: Ada',
      'Owner removed: no longer there',
      'size removed: 42',
      'Address added: +79001234567',
      'Became one with “Nina”',
      'Checklist: added “Ring”',
      'Checklist: done “Ring”',
    ])
    expect(changeText(change('status', 'open', 'lost'), 'leads')).toBe('Status: Open → Lost')
    expect(changeText(change('priority', 'normal', 'urgent'), 'requests')).toBe('Priority: Normal → Urgent')
    expect(changeText(change('status', 'open', 'resolved'), 'requests')).toBe('Status: Open → Resolved')
  })

  it('speaks Russian and says who', async () => {
    await loadCatalogue('ru')
    expect(changeText(change('name', 'Анна', 'Анна Ли'), 'contacts')).toBe('Имя: Анна → Анна Ли')
    expect(whoText(change('name', 'a', 'b'))).toBe('Ada')
    expect(whoText(change('name', 'a', 'b', { cause: { kind: 'visitor', id: '1' } }))).toBe('сам контакт')
    await loadCatalogue('en')
  })
})
