import { linked } from './actions/links.mjs'
import { followed, pinned, spam } from './actions/marks.mjs'
import { split } from './actions/split.mjs'
import { visitors } from './actions/staff.mjs'
import { computerShared } from './actions/tabs.mjs'
import { handedOver } from './actions/transfer.mjs'
import { tell } from './lib/story.mjs'

tell(
  'the story of what is done with conversations',
  [
    ['four people write to a shop in which two work', visitors],
    ['one is put aside as spam, writes on into silence, and is brought back', spam],
    ['one is pinned, and stands above the list on every page of hers', pinned],
    ['a colleague follows another and is told of what comes there', followed],
    ['two belong together, and one press leads from one to the other', linked],
    ['one is handed over with a note', handedOver],
    ['two people share a computer, and no tab shows the one what is the other’s', computerShared],
    ['one is about two things: it is split, made one again, and split for good', split],
  ],
  { name: 'actions' },
)
