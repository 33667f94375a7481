import { speed } from './chapters/speed.mjs'
import { tell } from './lib/story.mjs'

// A story of its own: nothing else may run beside what is measured here.
tell('the way of a message', [['a message is in the inbox within a tenth of a second', speed]], {
  name: 'speed',
})
