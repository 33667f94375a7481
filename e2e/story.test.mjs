import { answer } from './chapters/answer.mjs'
import { colleague } from './chapters/colleague.mjs'
import { draft } from './chapters/draft.mjs'
import { files } from './chapters/files.mjs'
import { firstWord } from './chapters/first-word.mjs'
import { forged, known } from './chapters/known.mjs'
import { offline, refused } from './chapters/offline.mjs'
import { pictures } from './chapters/pictures.mjs'
import { quick } from './chapters/quick.mjs'
import { search } from './chapters/search.mjs'
import { secondThoughts } from './chapters/second-thoughts.mjs'
import { undo } from './chapters/undo.mjs'
import { visitor } from './chapters/visitor.mjs'
import { tell } from './lib/story.mjs'

tell(
  'the newcomer’s story',
  [
    ['a visitor writes, and it stands in the inbox with a lead and a numbered request', visitor],
    ['an agent answers: marks and typing go both ways', answer],
    ['both sides answer, change and take back messages, and react', secondThoughts],
    ['files go both ways', files],
    ['a quick reply is kept, found by a slash, filled in and sent with its file', quick],
    ['words in any form, people and numbers are found by keys alone', search],
    ['an answer taken back is never sent', undo],
    ['a draft survives a reload', draft],
    ['what a visitor writes without a network arrives once', offline],
    ['a customer the site vouches for is one contact on every device', known],
    ['the first word is ours, and has an emoji', firstWord],
    ['a colleague joins by a link and sees only what they may', colleague],
    ['the pictures of the README', pictures],
  ],
  // What cannot be saved is refused on purpose; so is a second open conversation with somebody, and a link that was used.
  {
    name: 'newcomer',
    forgiven: [
      /status of 422 .*\/quick-replies\b/,
      /status of 409 .*\/conversations\b/,
      /^anna: console: .*status of 410 .*\/invitations\/look\b/,
      forged,
      refused,
    ],
  },
)
