import { openPost } from './lib/post.mjs'
import { tell } from './lib/story.mjs'
import { complete } from './pages/complete.mjs'
import { fill } from './pages/fill.mjs'
import { desk, empty, gate, settings } from './pages/tour.mjs'

tell(
  'the story of every page',
  [
    ['every address has a line in a table', complete],
    ['a shop of a few days is filled in', fill],
    ['the screens of the daily work', desk],
    ['the settings', settings],
    ['the pages before one is signed in', gate],
    ['the pages of a program that nobody has written to yet', empty],
  ],
  {
    name: 'pages',
    settings: { PARLEY_EGRESS_ALLOW: '127.0.0.1/32', PARLEY_CLOCK_FILE: process.env.CLOCK_FILE },
    more: { clock: process.env.CLOCK_FILE, post: openPost(process.env.POST_OFFICE) },
  },
)
