import type { Catalogue } from '../text'
import { entry } from './entry'
import { inbox } from './inbox'
import { records } from './records'
import { settings } from './settings'
import { shell } from './shell'

export default { ...shell, ...entry, ...inbox, ...records, ...settings } satisfies Catalogue
