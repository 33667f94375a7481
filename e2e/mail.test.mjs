import { openPost } from './lib/post.mjs'
import { tell } from './lib/story.mjs'
import { answerAll } from './mail/answer-all.mjs'
import { bounce } from './mail/bounce.mjs'
import { connect } from './mail/connect.mjs'
import { forward } from './mail/forward.mjs'
import { pictures } from './mail/pictures.mjs'
import { quick } from './mail/quick.mjs'
import { receive } from './mail/receive.mjs'
import { sign } from './mail/sign.mjs'
import { threaded } from './mail/threaded.mjs'

tell(
  'the story of a mailbox',
  [
    ['a mailbox is connected step by step', connect],
    ['a mail with a look, a picture and a file comes in and runs nothing', receive],
    ['an agent writes a signature', sign],
    ['an agent answers to all', answerAll],
    ['the answer to the answer stands below it', threaded],
    ['a quick reply is put into a mail and asks for what it needs', quick],
    ['a mail is forwarded with its files', forward],
    ['a mail that comes back says so where it was written', bounce],
    ['pictures of it', pictures],
  ],
  {
    name: 'mail',
    // Mail servers of this machine are no public ones; an operator names them to be reached.
    settings: { PARLEY_EGRESS_ALLOW: '127.0.0.1/32' },
    more: { post: openPost(process.env.POST_OFFICE) },
  },
)
