import { rename, writeFile } from 'node:fs/promises'

/** Monday of the week that begins within the next seven days, by UTC. */
function nextMonday() {
  const day = new Date()
  day.setUTCHours(0, 0, 0, 0)
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7))
  return day.getTime()
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/**
 * The clock of the story: of the program, through a file that says by how much it is ahead, and of every page that
 * follows it. Time passes in it as usual from wherever it was set to.
 */
export async function openClock(file) {
  const monday = nextMonday()
  const contexts = []
  let ahead = 0

  /** Runs in pages: their clock is ahead as well. */
  const shift = (by) => {
    globalThis.realDate ??= Date
    const Real = globalThis.realDate
    globalThis.Date = class extends Real {
      constructor(...parts) {
        if (parts.length === 0) super(Real.now() + by)
        else super(...parts)
      }
      static now() {
        return Real.now() + by
      }
    }
  }

  const clock = {
    /** A moment of the story's week: `at('Monday', '12:50')`. */
    at(day, time) {
      const [hours, minutes] = time.split(':').map(Number)
      return monday + days.indexOf(day) * DAY + hours * HOUR + minutes * MINUTE
    },
    /** Sets every clock to a moment of the week; clocks run on from there. */
    async set(day, time) {
      ahead = Math.round(clock.at(day, time) - Date.now())
      await writeFile(`${file}.new`, `${ahead}ms`)
      await rename(`${file}.new`, file)
      for (const context of contexts) {
        await context.addInitScript(shift, ahead)
        for (const page of context.pages()) await page.evaluate(shift, ahead)
      }
    },
    /** Has the pages of a person go by the clock. */
    async follow({ context }) {
      contexts.push(context)
      await context.addInitScript(shift, ahead)
      for (const page of context.pages()) await page.evaluate(shift, ahead)
    },
  }
  await clock.set('Monday', '09:30')
  return clock
}
