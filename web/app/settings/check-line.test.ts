import { expect, test } from 'vitest'
import { Problem } from '#/api/problem'
import { checkLine } from './check-line'

const listed = 'Check the fields listed.'
const wrong = (...messages: string[]) =>
  new Problem(422, {
    code: 'invalid',
    detail: listed,
    errors: messages.map((message, at) => ({ location: `body.field${at}`, message })),
  })
const named = (name: string, text: string) => ({ name, text })

test.each([
  ['the field by its name', wrong('Too long.'), [named('Name', 'Too long.')], 'Check: Name.'],
  [
    'all of them',
    wrong('Too long.', 'Not an address.'),
    [named('Name', 'Too long.'), named('Email', 'Not an address.')],
    'Check: Name and Email.',
  ],
  [
    'what is wrong with those that the form does not show',
    wrong('Too long.', 'No such team.'),
    [named('Name', 'Too long.')],
    'Check: Name. No such team.',
  ],
  [
    'what is wrong, where the form shows none of them',
    wrong('No such team.', 'No such team.'),
    [],
    'No such team.',
  ],
  [
    'what the server says, where it says that of no fields',
    new Problem(409, { code: 'taken', detail: 'Somebody has it.' }),
    [named('Name', 'Too long.')],
    'Somebody has it.',
  ],
])('the end of a form says %s', (_, error, marked, want) => {
  expect(checkLine(error, marked)).toBe(want)
})
