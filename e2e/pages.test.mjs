import { complete } from './pages/complete.mjs'
import { fill } from './pages/fill.mjs'
import { tellPages } from './pages/tell.mjs'
import { desk } from './pages/tour.mjs'

tellPages('the story of every page of the daily work', 'pages', [
  ['every address has a line in a table', complete],
  ['a shop of a few days is filled in', fill],
  ['the screens of the daily work', desk],
])
