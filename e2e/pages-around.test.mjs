import { fill } from './pages/fill.mjs'
import { tellPages } from './pages/tell.mjs'
import { empty, gate, settings } from './pages/tour.mjs'

tellPages('the story of every page around the daily work', 'pages-around', [
  ['a shop of a few days is filled in', fill],
  ['the settings', settings],
  ['the pages before one is signed in', gate],
  ['the pages of a program that nobody has written to yet', empty],
])
