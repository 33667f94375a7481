import { describe, expect, it, vi } from 'vitest'
import { placeOf } from '../src/loader/place'
import { adopt } from '../src/loader/queue'
import { darkInk, safeColor } from '../src/shared/color'

describe('the loader', () => {
  it('learns account and origin from its own address', () => {
    expect(placeOf('https://desk.example:8443/widget.js?account=42')).toEqual({
      account: '42',
      origin: 'https://desk.example:8443',
    })
  })

  it.each([[undefined], [''], ['widget.js?account=1'], ['https://desk.example/widget.js']])(
    'does nothing for %j',
    (src) => {
      expect(placeOf(src)).toBeNull()
    },
  )

  const methods = () => ({ open: vi.fn(), close: vi.fn(), identify: vi.fn(), on: vi.fn() })

  it('carries out calls made before it came, in order, and later pushes at once', () => {
    const made = methods()
    const parley = adopt([['identify', { id: 'a' }], ['open']], made)
    expect(made.identify).toHaveBeenCalledWith({ id: 'a' })
    expect(made.identify.mock.invocationCallOrder[0]).toBeLessThan(made.open.mock.invocationCallOrder[0] ?? 0)
    parley.push(['close'])
    expect(made.close).toHaveBeenCalledTimes(1)
  })

  it('skips calls that do not exist or throw, and goes on', () => {
    const made = methods()
    vi.spyOn(console, 'warn').mockReturnValue()
    made.close.mockImplementation(() => {
      throw new Error('slip')
    })
    adopt(['open', ['nothing'], ['constructor'], ['close'], null, ['open']], made)
    expect(made.open).toHaveBeenCalledTimes(1)
  })

  it('lets no foreign style in through the colour', () => {
    expect(safeColor('#12ab9F')).toBe('#12ab9F')
    for (const color of ['red', '#123', '#12345678', '#000000;display:none', null, {}])
      expect(safeColor(color)).toBe('#0f766e')
  })

  it('writes in the ink that can be read', () => {
    expect(darkInk('#ffffff')).toBe(true)
    expect(darkInk('#ffd400')).toBe(true)
    expect(darkInk('#0f766e')).toBe(false)
    expect(darkInk('#000000')).toBe(false)
  })
})
