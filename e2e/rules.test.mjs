import { openPost } from './lib/post.mjs'
import { tell } from './lib/story.mjs'
import { connect } from './mail/connect.mjs'
import { build, refused } from './rules/build.mjs'
import { history, hours, intake } from './rules/ground.mjs'
import { broken, happens, told } from './rules/happens.mjs'
import { looks } from './rules/looks.mjs'
import { macro } from './rules/macro.mjs'
import { tried } from './rules/tried.mjs'

tell(
  'the story of what happens by itself',
  [
    ['a mailbox is connected, so that colleagues can be told', connect],
    ['business hours are set, and today is none of them', hours],
    ['a channel is told to open no lead by itself', intake],
    ['somebody unknown writes', history],
    ['a trigger is put together, and what cannot work is refused in words', refused],
    ['the whole trigger is built by hand', build],
    ['it is tried on what happened', tried],
    ['somebody else writes: it is done, and the timeline says why', happens],
    ['a macro is made, used by its key and taken back', macro],
    ['nobody answers, so the head is told', told],
    ['what a trigger needs is deleted, and the trigger says so', broken],
    ['every page of it fits a phone, in both languages', looks],
  ],
  {
    name: 'rules',
    settings: { PARLEY_EGRESS_ALLOW: '127.0.0.1/32', PARLEY_CLOCK_FILE: process.env.CLOCK_FILE },
    more: { clock: process.env.CLOCK_FILE, post: openPost(process.env.POST_OFFICE) },
    // Browsers write a line into the console when a form is refused, as it shall be.
    forgiven: [/status of 422/],
  },
)
