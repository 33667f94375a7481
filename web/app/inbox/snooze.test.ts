import { expect, test } from 'vitest'
import { snoozeChoices, snoozeOptions, snoozeTime } from './snooze'

test.each([
  ['hour', '2026-11-22T10:30', '2026-11-22T11:30'],
  ['evening', '2026-11-22T10:30', '2026-11-22T18:00'],
  ['tomorrow', '2026-11-30T23:00', '2026-12-01T09:00'],
  ['monday', '2026-11-22T10:30', '2026-11-23T09:00'],
  ['monday', '2026-11-23T08:00', '2026-11-30T09:00'],
])('snooze %s at %s', (choice, now, want) => {
  expect(snoozeTime(choice, new Date(now))).toEqual(new Date(want))
})

test.each([
  ['a weekday morning: all', '2026-11-25T10:30', 'hour evening tomorrow monday'],
  ['Sunday: tomorrow is Monday', '2026-11-22T10:30', 'hour evening tomorrow'],
  ['five o’clock: in an hour it is evening', '2026-11-25T17:00', 'hour tomorrow monday'],
  ['evening: it is over', '2026-11-25T19:00', 'hour tomorrow monday'],
  ['eight in the morning: an hour is not tomorrow', '2026-11-25T08:00', 'hour evening tomorrow monday'],
])('%s', (_, now, want) => {
  expect(snoozeChoices(new Date(now)).join(' ')).toBe(want)
  expect(snoozeOptions(new Date(now)).at(-1)?.id).toBe('other')
})
