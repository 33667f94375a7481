import { expect, it } from 'vitest'
import type { Team } from '#/api/types'
import { readTeam, writeTeam } from './draft'

const team: Team = {
  id: '1',
  name: 'Duty',
  strategy: 'strict_order',
  member_ids: ['1', '2', '3'],
  order: ['3', '1'],
  timeout_seconds: 60,
  overflow_team_id: null,
  head_id: '2',
  sticky_owner: false,
  schedule_id: '9',
  created_at: '2026-03-02T12:00:00Z',
  version: 1,
}

it('puts members into the order in which they are asked, the others behind', () => {
  expect(readTeam(team).members).toEqual(['3', '1', '2'])
})

it('writes what it read, and the name by an administrator alone', () => {
  const written = { ...writeTeam(readTeam(team), true) }
  expect(written).toMatchObject({ name: 'Duty', order: ['3', '1', '2'], head_id: '2', schedule_id: '9' })
  expect(writeTeam(readTeam(team), false)).not.toHaveProperty('name')
})
