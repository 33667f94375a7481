import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Fails when axe finds an offence against WCAG A or AA in a page or frame. What it cannot decide it does not count. `within` is a
 * selector of the part to look at, `rules` are names of rules when not all of them matter.
 */
export async function assertAccessible(frame, what, { within, rules } = {}) {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(source)
  const runOnly = rules ? { type: 'rule', values: rules } : RULES
  const violations = await frame.evaluate(
    async ({ part, wanted }) => {
      // Half-way through a transition every colour is wrong.
      const moving = () =>
        document
          .getAnimations()
          .filter(
            (one) => one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity,
          )
      await Promise.allSettled(moving().map((one) => one.finished))
      const found = await window.axe.run(part ? { include: [part] } : document, {
        runOnly: wanted,
        iframes: false,
        resultTypes: ['violations'],
      })
      return found.violations.map(({ id, impact, help, nodes }) => ({
        id,
        impact,
        help,
        nodes: nodes
          .slice(0, 5)
          .map((node) => `${node.target} ${node.html.slice(0, 200)}\n${node.failureSummary}`),
      }))
    },
    { part: within, wanted: runOnly },
  )
  assert.deepEqual(violations, [], `axe on ${what}`)
}
