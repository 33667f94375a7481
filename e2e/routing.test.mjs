import { openPushService } from './lib/push.mjs'
import { tell } from './lib/story.mjs'
import { absence, back } from './routing/absence.mjs'
import { overflow, passedOn, toTheHead } from './routing/late.mjs'
import { looks } from './routing/looks.mjs'
import { alerted, shown, wishes } from './routing/notices.mjs'
import { breached, holiday, warned } from './routing/promises.mjs'
import { deadlines, hours, people, team } from './routing/setup.mjs'
import { openClock } from './routing/time.mjs'
import { written } from './routing/written.mjs'

const clock = await openClock(process.env.CLOCK_FILE)

tell(
  'the story of who answers, and by when',
  [
    ['a lead comes to a shop that has people but no order', people],
    ['the lead sets hours with a lunch break and a holiday', hours],
    ['the lead tells how the team hands out, and what if nobody answers', team],
    ['the lead promises an answer', deadlines],
    ['an agent says how to be told', wishes],
    ['ten minutes before lunch somebody writes, and it is said who has it and why', written],
    ['the agent looks elsewhere and is told, and nothing of the message is', alerted],
    ['what is pushed is shown by the browser', shown],
    ['nobody answers: the next one has it', passedOn],
    ['the whole team is silent: another team has it', overflow],
    ['that one is silent too: the head has it', toTheHead],
    ['after lunch the deadline comes near', warned],
    ['the deadline is missed, and the head hears of it', breached],
    ['on a holiday nothing is handed out and no time runs', holiday],
    ['somebody goes on leave, and a deputy has what was theirs', absence],
    ['they come back, and so does it', back],
    ['every page of it fits a phone, in both languages', looks],
  ],
  {
    name: 'routing',
    settings: { PARLEY_EGRESS_ALLOW: '127.0.0.1/32', PARLEY_CLOCK_FILE: process.env.CLOCK_FILE },
    more: { clock, push: await openPushService() },
    forgiven: [/status of 422/],
  },
)
