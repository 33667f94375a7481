import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { reconnected } from './feed'

test('what is shown and could not be read is read again, and nothing else', async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const failing = vi.fn(async () => {
    if (failing.mock.calls.length === 1) throw new Error('away')
    return 'read'
  })
  const read = vi.fn(async () => 'read')
  const [lost, whole] = [
    { queryKey: ['lost'], queryFn: failing },
    { queryKey: ['whole'], queryFn: read },
  ].map((options) => new QueryObserver(queries, options))
  const leave = [lost, whole].map((one) => one?.subscribe(() => undefined))
  await vi.waitFor(() =>
    expect([lost, whole].map((one) => one?.getCurrentResult().status)).toEqual(['error', 'success']),
  )

  reconnected(queries)
  await vi.waitFor(() => expect(lost?.getCurrentResult().data).toBe('read'))
  expect(read).toHaveBeenCalledOnce()
  for (const stop of leave) stop?.()
})
