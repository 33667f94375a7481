import assert from 'node:assert/strict'

/**
 * By how much a time may be over its budget: other work runs beside the stories. Counts, sizes and places have no slack.
 * PARLEY_SLACK=1 holds every figure to its budget, for a machine that does nothing else.
 */
const SLACK = Number(process.env.PARLEY_SLACK ?? 5)

const rows = []

/** Notes a figure beside its budget, and fails when it is over: a time by more than the slack. */
export function within(check, what, figure, budget, unit) {
  rows.push([String(check), what, round(figure), `at most ${budget}`, unit])
  const most = unit === 'ms' ? budget * SLACK : budget
  assert.ok(figure <= most, `${what}: ${round(figure)} ${unit}, at most ${most} are allowed`)
}

/** Notes a time on the wall beside its budget; only a machine that does nothing else is held to it. */
export function quietly(check, what, figure, budget) {
  if (SLACK === 1) within(check, what, figure, budget, 'ms')
  else rows.push([String(check), what, round(figure), `${budget} when nothing else runs`, 'ms'])
}

/** Notes a figure that has to be exactly what it has to be. */
export function exactly(check, what, figure, wanted) {
  rows.push([String(check), what, String(figure), String(wanted), ''])
  assert.equal(figure, wanted, what)
}

/** Notes a figure that has no budget of its own. */
export function note(check, what, figure, unit) {
  rows.push([String(check), what, round(figure), '', unit])
}

/** The table of all figures, a line each. */
export function table() {
  const head = ['check', 'what', 'figure', 'budget', '']
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => short(row[at]).length)))
  return [head, ...rows].map((row) => row.map((cell, at) => short(cell).padEnd(widths[at])).join('  '))
}

const short = (cell) => (cell.length > 60 ? `${cell.slice(0, 59)}…` : cell)

/** The value that so large a part of some numbers does not exceed. */
export function percentile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
}

const round = (figure) => (figure < 10 ? Number(figure).toFixed(1).replace(/\.0$/, '') : figure.toFixed(0))
