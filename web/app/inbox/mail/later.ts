/** The editor is the largest piece of the page; it is fetched when there is a mailbox to write from. */
export const loadEditor = () => import('./editor')
