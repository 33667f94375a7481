import { board, dialogs, reader, settings, sideways, signOut, triage, writing } from './keyboard/day.mjs'
import { ground } from './keyboard/ground.mjs'
import { tell } from './lib/story.mjs'

tell(
  'the story of a day without a mouse',
  [
    ['people have written, and somebody signs in by keys', ground],
    ['past the navigation, landmarks and headings are in order', reader],
    ['the list is walked under a Russian layout', triage],
    ['an answer and a note are written', writing],
    ['several are chosen and closed, and that is undone', sideways],
    ['dialogs hold the focus and give it back', dialogs],
    ['a card is moved, a contact is changed', board],
    ['a quick reply is made, and keys are switched off', settings],
    ['and out', signOut],
  ],
  // What is being read when its person signs out is refused.
  { name: 'keyboard', forgiven: [/status of 401 /] },
)
