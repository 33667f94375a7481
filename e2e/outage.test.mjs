import { tell } from './lib/story.mjs'
import { answerLost, frozen, offline } from './outage/line.mjs'
import { killed, upgraded } from './outage/server.mjs'
import { expired } from './outage/session.mjs'
import { asleep, forgotten, leaderSilent } from './outage/sleep.mjs'
import { begin } from './outage/truth.mjs'

tell(
  'the story of a page that outlives every outage',
  [
    ['Ann works by a line that can be spoiled', begin],
    ['the network is gone, and back', offline],
    ['the line hangs, and is cut', frozen],
    ['the server has stored an answer, but its own answer is lost', answerLost],
    ['the server is killed while people write', killed],
    ['the page sleeps, and wakes', asleep],
    ['the page sleeps for longer than the server remembers', forgotten],
    ['the tab that holds the line falls silent', leaderSilent],
    ['the session ends, and she goes on where she was', expired],
    ['the server is of another version', upgraded],
  ],
  {
    name: 'outage',
    // Browsers tell of every connection that fails, and of the session that ended.
    forgiven: [/net::ERR_/, /status of 401 /],
  },
)
