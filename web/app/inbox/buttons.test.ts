import { describe, expect, it } from 'vitest'
import type { ButtonLimit } from '#/api/types'
import { numbered, shortcoming, written } from './buttons'

const limit: ButtonLimit = {
  max: 2,
  per_row: 1,
  text: { max: 4, unit: 'runes' },
  data_bytes: 64,
  links: false,
  with_files: false,
}
const yes = { text: 'Yes' }
const no = { text: 'No' }

describe('buttons', () => {
  it('leave out what says nothing', () => {
    expect(written([[yes, { text: ' ' }], [{ text: '' }]])).toEqual([[yes]])
  })

  it.each([
    ['fit', [[yes, no]], limit, 0, null],
    ['are none', [[{ text: ' ' }]], { ...limit, max: 0 }, 0, null],
    ['are unknown to the network', [[yes]], { ...limit, max: 0 }, 0, 'none'],
    ['are too many', [[yes, no], [{ text: 'Ha' }]], limit, 0, 'many'],
    ['are too long', [[{ text: 'Maybe' }]], limit, 0, 'long'],
    ['open an address', [[{ text: 'Shop', url: 'https://tea.example' }]], limit, 0, 'links'],
    ['stand below a picture', [[yes]], limit, 1, 'files'],
  ] as const)('that %s', (_, rows, can, files, want) => {
    expect(
      shortcoming(
        rows.map((row) => [...row]),
        can,
        files,
      ),
    ).toBe(want)
  })

  it('become numbers as the server writes them', () => {
    expect(numbered('Deliver today?', [[yes, { text: 'Shop', url: 'https://tea.example' }], [no]])).toBe(
      'Deliver today?\n\n1. Yes\nShop: https://tea.example\n2. No',
    )
  })
})
