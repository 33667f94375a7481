import { expect, test, vi } from 'vitest'
import { checklist } from '#/api/people-records'
import { Problem } from '#/api/problem'
import type { Inquiry } from '#/api/types'
import { stepActs } from './step-acts'

vi.mock('#/text/text', () => ({ t: (key: string) => key }))
vi.mock('#/api/people-records', () => ({ checklist: { add: vi.fn() } }))

const request = { id: '6', checklist: [] } as unknown as Inquiry

test.each([
  ['lost', 1],
  ['stored', 0],
])('a step whose addition is %s gives its words back %i times', async (fate, times) => {
  const add = vi.mocked(checklist.add)
  if (fate === 'lost') add.mockRejectedValueOnce(new Problem(0, {}))
  else add.mockResolvedValueOnce(request)
  const failed = vi.fn()
  const sent: Promise<unknown>[] = []
  stepActs(request, (send) => sent.push(send())).add('Pack it', failed)
  await Promise.allSettled(sent)
  expect(sent.length).toBe(1)
  expect(failed).toHaveBeenCalledTimes(times)
})
