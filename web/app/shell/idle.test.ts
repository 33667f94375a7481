import { describe, expect, it } from 'vitest'
import type { Presence } from '#/api/types'
import { createIdle } from './idle'

function desk(presence: Presence) {
  const stored = new Map<string, string>()
  const state = { now: 1_000_000_000, presence, told: [] as boolean[] }
  const idle = createIdle({
    presence: () => state.presence,
    now: () => state.now,
    store: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
    },
    tell: (idle) => {
      state.told.push(idle)
      return Promise.resolve()
    },
  })
  const wait = (minutes: number) => {
    for (let n = 0; n < minutes * 4; n++) {
      state.now += 15_000
      idle.look()
    }
  }
  return { idle, state, wait, stored }
}

describe('idle', () => {
  it('tells once that nobody touches the page, and once that somebody does', () => {
    const { idle, state, wait } = desk('online')
    idle.touch()
    wait(9)
    expect(state.told).toEqual([])
    wait(30)
    expect(state.told).toEqual([true])
    state.presence = 'away'
    idle.touch()
    expect(state.told).toEqual([true, false])
  })

  it('counts touches in other tabs', () => {
    const { idle, state, wait, stored } = desk('online')
    idle.touch()
    wait(9)
    stored.set('parley.touched', String(state.now))
    wait(5)
    expect(state.told).toEqual([])
    wait(6)
    expect(state.told).toEqual([true])
  })

  it.each<Presence>(['busy', 'offline'])('leaves alone who is %s', (presence) => {
    const { idle, state, wait } = desk(presence)
    idle.touch()
    wait(60)
    idle.touch()
    expect(state.told).toEqual([])
  })
})
