/** How an entry of the navigation looks, and the chosen one. */
export const item =
  'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-muted transition-colors hover:bg-hover hover:text-text'
export const active = { className: 'bg-hover! text-text! font-medium', 'aria-current': 'page' as const }
