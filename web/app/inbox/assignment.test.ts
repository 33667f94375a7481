import { expect, test } from 'vitest'
import { assignment, offered } from './assignment'

const teams = [{ id: '7', member_ids: ['1', '2'] }]

test('a choice of the picker is a change', () => {
  expect(assignment('agent:3', '1', teams)).toEqual({ assignee_id: '3' })
  expect(assignment('agent:', '1', teams)).toEqual({ assignee_id: null })
  expect(assignment('team:7', null, teams)).toEqual({ team_id: '7' })
  expect(assignment('team:7', '1', teams)).toEqual({ team_id: '7' })
  expect(assignment('team:', '9', teams)).toEqual({ team_id: null })
})

test('a team gets whole what somebody outside of it had', () => {
  expect(assignment('team:7', '9', teams)).toEqual({ team_id: '7', assignee_id: null })
})

test('whom nobody can choose any more is not chosen', () => {
  const people = [{ id: '3' }]
  expect(offered('agent:3', people, teams)).toBe('agent:3')
  expect(offered('team:7', people, teams)).toBe('team:7')
  for (const gone of ['agent:7', 'team:3', '']) expect(offered(gone, people, teams)).toBe('')
})
