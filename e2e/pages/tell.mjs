import { openPost } from '../lib/post.mjs'
import { tell } from '../lib/story.mjs'

/** Tells a story of pages on a program whose clock stands still while the past is filled in. */
export function tellPages(title, name, chapters) {
  tell(title, chapters, {
    name,
    settings: { PARLEY_EGRESS_ALLOW: '127.0.0.1/32', PARLEY_CLOCK_FILE: process.env.CLOCK_FILE },
    more: { clock: process.env.CLOCK_FILE, post: openPost(process.env.POST_OFFICE) },
  })
}
