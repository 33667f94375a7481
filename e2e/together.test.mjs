import { tell } from './lib/story.mjs'
import { labels, taken } from './together/belongings.mjs'
import { overtaken, undone } from './together/collision.mjs'
import { twoBrowsers, twoTabs } from './together/draft.mjs'
import { oneField } from './together/field.mjs'
import { mentioned, shared } from './together/mention.mjs'
import { present, staff } from './together/presence.mjs'
import { together } from './together/race.mjs'
import { oneSetting } from './together/settings.mjs'

tell(
  'the story of two people at one conversation',
  [
    ['two people open the same conversation', staff],
    ['each sees that the other looks and writes, and no longer when they leave', present],
    ['who answers second is stopped, sees the first answer, and keeps every word', overtaken],
    ['one takes an answer back while the other has answered', undone],
    ['both send at the same moment, again and again', together],
    ['both take it at the same moment, again and again', taken],
    ['both label it at the same moment', labels],
    ['both change one field, and who is slower chooses', oneField],
    ['both change one thing of the settings, and who is slower is told', oneSetting],
    ['a note names a colleague, who finds it', mentioned],
    ['what one shares the others have at once', shared],
    ['one person writes in two browsers', twoBrowsers],
    ['one person has it open in two tabs', twoTabs],
  ],
  // What comes second is refused on purpose.
  {
    name: 'together',
    forgiven: [/status of 409 .*\/(messages|draft|(conversations|contacts|requests|macros|teams)\/\d+)\b/],
  },
)
