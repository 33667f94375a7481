import { describe, expect, it } from 'vitest'
import { clockWords, countingClocks, length, rowClock, type ServiceClock } from './clock-words'

const now = Date.parse('2026-03-02T12:00:00Z')

const clock = (change: Partial<ServiceClock>): ServiceClock => ({
  metric: 'first_response',
  state: 'running',
  due_at: '2026-03-02T12:12:30Z',
  warn_at: null,
  ended_at: null,
  updated_at: '2026-03-02T12:00:00Z',
  policy_id: '1',
  ...change,
})

describe('clockWords', () => {
  it.each<[string, Partial<ServiceClock>, string, string]>([
    ['runs', {}, '12 min left', 'calm'],
    ['runs and has warned', { warn_at: '2026-03-02T11:59:00Z' }, '12 min left', 'warn'],
    ['will warn', { warn_at: '2026-03-02T12:05:00Z' }, '12 min left', 'calm'],
    ['has seconds left', { due_at: '2026-03-02T12:00:20Z' }, 'less than a minute left', 'calm'],
    ['is over, though nobody has looked yet', { due_at: '2026-03-02T11:00:00Z' }, '1 h late', 'late'],
    ['was missed just now', { state: 'breached', due_at: '2026-03-02T11:59:59Z' }, '1 min late', 'late'],
    ['stands still', { state: 'paused', due_at: null }, 'on hold', 'still'],
  ])('says how a clock stands that %s', (_, change, text, tone) => {
    expect(clockWords(clock(change), now)).toEqual({ text, tone })
  })
})

describe('countingClocks', () => {
  it('shows what counts, the next due first', () => {
    const clocks = [
      clock({ metric: 'resolution', due_at: '2026-03-03T12:00:00Z' }),
      clock({ metric: 'first_response', state: 'breached', ended_at: '2026-03-02T11:00:00Z' }),
      clock({ metric: 'next_response' }),
    ]
    expect(countingClocks({ clocks }).map((one) => one.metric)).toEqual(['next_response', 'resolution'])
  })
})

describe('rowClock', () => {
  const clocks = [clock({ metric: 'resolution', due_at: '2026-03-03T12:00:00Z' })]
  it.each<['open' | 'snoozed', string | null, boolean]>([
    ['open', null, true],
    ['snoozed', null, true],
    ['snoozed', '2026-03-03T11:00:00Z', false],
    ['snoozed', '2026-03-03T12:00:00Z', false],
    ['snoozed', '2026-03-03T13:00:00Z', true],
  ])('of one that is %s until %s tells of what is due meanwhile alone', (status, snoozed_until, told) => {
    expect(rowClock({ clocks, status, snoozed_until }) !== undefined).toBe(told)
  })
})

describe('length', () => {
  it.each([
    [0, '0 min'],
    [59_000, '0 min'],
    [80 * 60_000, '1 h 20 min'],
    [120 * 60_000, '2 h'],
    [51 * 3_600_000, '2 d 3 h'],
  ])('puts %d ms into words', (ms, words) => expect(length(ms)).toBe(words))
})
