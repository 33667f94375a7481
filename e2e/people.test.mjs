import { tell } from './lib/story.mjs'
import { asked, byDrag, byKey, converted, lost } from './people/board.mjs'
import { checklist } from './people/checklist.mjs'
import { alike, hinted, told } from './people/duplicates.mjs'
import { oneThread } from './people/thread.mjs'

tell(
  'the story of one person who seemed to be two',
  [
    ['two visitors who leave the same number are listed as likely one person', asked],
    ['they are said to be two, then not, merged, taken apart, and merged', alike],
    ['whoever adds a third by hand is told of the first', hinted],
    ['what was changed is told in words', told],
    ['their conversations become one, and are read as one', oneThread],
    ['a lead is moved by key and brought back', byKey],
    ['it is dragged to the stage before', byDrag],
    ['it is converted, and that is undone', converted],
    ['it is lost with a reason, and that is undone', lost],
    ['a request gets its steps', checklist],
  ],
  { name: 'people' },
)
