import { table } from './checks/figures.mjs'
import { begin, fill } from './checks/ground.mjs'
import { hostileMail } from './checks/hostile.mjs'
import { thirdByKeys, typedAtOnce } from './checks/keys.mjs'
import { liveMessages } from './checks/live.mjs'
import { longList } from './checks/long-list.mjs'
import { longTalk } from './checks/long-talk.mjs'
import { boardByKeys, onPhone, plurals } from './checks/reach.mjs'
import { opening, policies, weight } from './checks/weight.mjs'
import { backOnline, cutOff, draftKept, secondReply, undoInTime } from './checks/words.mjs'
import { openPost } from './lib/post.mjs'
import { tell } from './lib/story.mjs'

tell(
  'the twelve checks of the desk, with 100,000 conversations',
  [
    ['8, the beginning: the network is cut', cutOff],
    ['1: j, j, Enter under a Russian layout opens the third conversation', thirdByKeys],
    ['2: r and typing at once keeps every character', typedAtOnce],
    ['5: a second agent’s reply stops the first’s send', secondReply],
    ['6: an undo within 10 s sends nothing, after that it is sent once', undoInTime],
    ['7: a draft survives a reload and shows in another browser', draftKept],
    ['3: a live message reaches the list, which does not move', liveMessages],
    ['4: 100,000 rows', longList],
    ['4: 10,000 messages in one conversation', longTalk],
    ['8: after 30 s offline nothing is lost or doubled', backOnline],
    ['9: the hostile mail runs nothing and fetches nothing until asked', hostileMail],
    ['10: a board card moves by keyboard, targets are large', boardByKeys],
    ['11: on a phone, in English and Arabic', onPhone],
    ['11: Russian plurals', plurals],
    ['12: what the first load weighs', weight],
    ['12: opening a thread, and the heap', opening],
    ['12: no violation of a policy', policies],
    [
      'the figures',
      (_, step) => {
        for (const line of table()) step.diagnostic(line)
      },
    ],
  ],
  {
    name: 'checks',
    settings: { PARLEY_EGRESS_ALLOW: '127.0.0.1/32' },
    fill,
    begin: ['people come to a desk that is full', begin],
    more: { post: openPost(process.env.POST_OFFICE) },
    // A refused send is refused on purpose, and a browser reports whatever it could not reach.
    forgiven: [
      /status of 409 .*\/messages\b/,
      /^anna: console: .*ERR_(INTERNET_DISCONNECTED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION|NETWORK_CHANGED|SOCKET)/,
    ],
  },
)
