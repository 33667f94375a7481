import { expect, test } from 'vitest'
import { groups } from '#/keys/help'
import { conversation } from '#/test/fixtures'
import { sections } from '#/ui/sections'
import { moreItems } from './more-items'

const nothing = () => undefined
const doings = {
  onAssign: nothing,
  onLabel: nothing,
  onSnooze: nothing,
  onMacro: nothing,
  onTransfer: nothing,
  onLink: nothing,
}
const shape = (change: Parameters<typeof conversation>[1]) =>
  sections(moreItems(conversation('1', change), doings)).map(
    ({ name, items }) => `${name}: ${items.map((one) => one.id).join(' ')}`,
  )

test('what is done often comes first, what puts it out of sight last', () => {
  expect(shape({ unanswered: true })).toEqual([
    'This conversation: assign label snooze macro answered pending',
    'For me alone: pin follow',
    'To whom and with what: transfer link',
    'Priority: urgent high normal low',
    ': spam',
  ])
})

test('only what changes something is offered', () => {
  expect(shape({ unanswered: false, status: 'snoozed' })[0]).toBe(
    'This conversation: assign label snooze macro pending open',
  )
  expect(shape({ unanswered: false, status: 'closed' })[0]).toBe(
    'This conversation: assign label snooze macro',
  )
})

test('spam is dangerous, taking it back is not', () => {
  const last = (spam: boolean) => moreItems(conversation('1', { spam }), doings).at(-1)
  expect([last(false)?.danger, last(true)?.danger]).toEqual([true, false])
})

test('the keys beside the items are those of the help', () => {
  const known = groups().flatMap((group) => group.rows.map(([key]) => key))
  const beside = moreItems(conversation('1'), doings).flatMap((item) => item.keys ?? [])
  expect(beside).toContain('Shift+L')
  expect(beside.filter((key) => !known.includes(key))).toEqual([])
})
