import { afterEach, expect, test, vi } from 'vitest'
import { errorText } from '#/inbox/actions'
import { call, setCaller } from './http'

afterEach(() => {
  setCaller({ person: '', csrf: '' })
  vi.unstubAllGlobals()
})

/** A server whose answer is on its way. */
function slow() {
  let answer: (response: Response) => void
  const response = new Promise<Response>((resolve) => {
    answer = resolve
  })
  vi.stubGlobal('fetch', () => response)
  return (status: number) => answer(new Response('{"name":"Petra"}', { status }))
}

test.each([200, 401])(
  'an answer (%i) that comes when another person is there is shown to nobody',
  async (status) => {
    const onSignedOut = vi.fn()
    const answer = slow()
    setCaller({ person: 'ann', onSignedOut })
    const asked = call('PATCH', '/contacts/1').catch((error: unknown) => error)
    setCaller({ person: 'bob' })
    answer(status)
    expect(errorText(await asked)).toBe('')
    expect(await asked).toMatchObject({ code: 'left' })
    expect(onSignedOut).not.toHaveBeenCalled()
  },
)

test('whoever signs in gets the answer to that', async () => {
  const answer = slow()
  const asked = call('POST', '/session')
  setCaller({ person: 'ann' })
  answer(200)
  expect(await asked).toEqual({ name: 'Petra' })
})
