import { entry } from './entry'
import { inbox } from './inbox'
import { records } from './records'
import { settings } from './settings'
import { shell } from './shell'

/** English is the source: its keys and parameters are the types every other catalogue must meet. */
export default { ...shell, ...entry, ...inbox, ...records, ...settings } as const
