import { checklist, type Step } from '#/api/people-records'
import type { Inquiry } from '#/api/types'
import { t } from '#/text/text'
import { say } from '#/ui/toast'

/** Stores a change of a request. */
export type Run = (send: () => Promise<Inquiry>) => void

/** stepActs is what can be done to the checklist of a request; each is said, and can be undone. */
export function stepActs({ id, checklist: steps }: Inquiry, run: Run) {
  const act = (
    send: () => Promise<Inquiry>,
    said: (stored: Inquiry) => { text: string; undo: () => Promise<Inquiry> },
  ) =>
    run(async () => {
      const stored = await send()
      const { text, undo } = said(stored)
      say(text, { undo: () => run(undo) })
      return stored
    })
  return {
    tick: (step: Step) => {
      const done = !step.done
      act(
        () => checklist.change(id, step.id, { done }),
        () => ({
          text: t(done ? 'step.done' : 'step.undone', { text: step.text }),
          undo: () => checklist.change(id, step.id, { done: step.done }),
        }),
      )
    },
    move: (step: Step, from: number, to: number) =>
      act(
        () => checklist.change(id, step.id, { position: to }),
        () => ({
          text: t('step.moved', { text: step.text }),
          undo: () => checklist.change(id, step.id, { position: from }),
        }),
      ),
    remove: (step: Step, position: number) =>
      act(
        () => checklist.remove(id, step.id),
        () => ({
          text: t('step.removed', { text: step.text }),
          undo: () => checklist.add(id, { text: step.text, done: step.done, position }),
        }),
      ),
    /** add writes a new step; failed gives the words back. */
    add: (text: string, failed: () => void) =>
      act(
        () =>
          checklist.add(id, { text }).catch((error: unknown) => {
            failed()
            throw error
          }),
        (stored) => {
          const known = new Set(steps.map((step) => step.id))
          const added = stored.checklist.find((step) => !known.has(step.id) && step.text === text)
          const undo = () => (added ? checklist.remove(id, added.id) : Promise.resolve(stored))
          return { text: t('step.added', { text }), undo }
        },
      ),
  }
}
