import { admin } from '../chapters/first-run.mjs'
import { apiOf } from '../lib/api.mjs'
import { setAhead } from '../lib/clock.mjs'
import { keep } from './keep.mjs'
import { connect } from './networks.mjs'
import { records } from './records.mjs'
import { hire } from './staff.mjs'
import { talk } from './talk.mjs'

/** Fills the program, through its API, with what a shop has after a few days. */
export async function fill(story) {
  await setAhead(story.clock, -51 * 3_600_000)
  story.api = await apiOf(story.url, admin)
  await hire(story)
  await connect(story)
  await keep(story)
  await talk(story)
  await records(story)
}
