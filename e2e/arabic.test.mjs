import { guests } from './arabic/guests.mjs'
import { installed } from './arabic/installed.mjs'
import { keyboard } from './arabic/keyboard.mjs'
import { phone } from './arabic/phone.mjs'
import { plurals } from './arabic/plurals.mjs'
import { switched } from './arabic/switched.mjs'
import { visitor } from './arabic/visitor.mjs'
import { tell } from './lib/story.mjs'

tell(
  'the story of the desk from right to left',
  [
    ['three people write', guests],
    ['the language is switched, and with it the direction', switched],
    ['one, three and five in Russian, and the six forms of Arabic', plurals],
    ['keys go by their place under an Arabic layout', keyboard],
    ['on a phone from the list into a conversation to an answer', phone],
    ['a visitor chats in Arabic', visitor],
    ['the page can be installed, and opens without a connection', installed],
  ],
  { name: 'arabic', forgiven: [/status of 4(00|22)/] },
)
