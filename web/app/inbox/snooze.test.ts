import { expect, test } from 'vitest'
import { snoozeTime } from './snooze'

test.each([
  ['hour', '2026-11-22T10:30', '2026-11-22T11:30'],
  ['evening', '2026-11-22T10:30', '2026-11-22T18:00'],
  ['evening', '2026-11-22T19:00', '2026-11-22T22:00'],
  ['tomorrow', '2026-11-30T23:00', '2026-12-01T09:00'],
  ['monday', '2026-11-22T10:30', '2026-11-23T09:00'],
  ['monday', '2026-11-23T08:00', '2026-11-30T09:00'],
])('snooze %s at %s', (choice, now, want) => {
  expect(snoozeTime(choice, new Date(now))).toEqual(new Date(want))
})
