import { table } from './checks/figures.mjs'
import { begin, fill } from './checks/ground.mjs'
import { thirdByKeys, typedAtOnce } from './checks/keys.mjs'
import { liveMessages } from './checks/live.mjs'
import { longList } from './checks/long-list.mjs'
import { policies } from './checks/weight.mjs'
import { draftKept, secondReply, undoInTime } from './checks/words.mjs'
import { openPost } from './lib/post.mjs'
import { tell } from './lib/story.mjs'

tell(
  'the twelve checks of the desk, with 100,000 conversations',
  [
    ['1: j, j, Enter under a Russian layout opens the third conversation', thirdByKeys],
    ['2: r and typing at once keeps every character', typedAtOnce],
    ['5: a second agent’s reply stops the first’s send', secondReply],
    ['6: an undo within 10 s sends nothing, after that it is sent once', undoInTime],
    ['7: a draft survives a reload and shows in another browser', draftKept],
    ['3: a live message reaches the list, which does not move', liveMessages],
    ['4: 100,000 rows', longList],
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
    forgiven: [/status of 409 .*\/messages\b/, /^anna: .*(ERR_INTERNET_DISCONNECTED|Failed to fetch)/],
  },
)
