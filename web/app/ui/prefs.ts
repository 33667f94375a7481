import { useSyncExternalStore } from 'react'

/** What a person set for this browser alone. The language is theirs everywhere and lives on the server. */
export interface Prefs {
  theme: 'system' | 'light' | 'dark'
  density: 'comfortable' | 'compact'
  keys: boolean
  panel: boolean
  /** The first steps are shown until they are done or hidden. */
  firstSteps: boolean
}

const name = 'parley.prefs'
const defaults: Prefs = { theme: 'system', density: 'comfortable', keys: true, panel: true, firstSteps: true }

let prefs: Prefs = defaults
const listeners = new Set<() => void>()

export function loadPrefs(): void {
  try {
    prefs = { ...defaults, ...JSON.parse(localStorage.getItem(name) ?? '{}') }
  } catch {
    prefs = defaults
  }
  show()
}

export function setPrefs(change: Partial<Prefs>): void {
  prefs = { ...prefs, ...change }
  localStorage.setItem(name, JSON.stringify(prefs))
  show()
  for (const listener of listeners) listener()
}

export function getPrefs(): Prefs {
  return prefs
}

export function usePrefs(): Prefs {
  return useSyncExternalStore(subscribe, getPrefs)
}

function show(): void {
  const { dataset } = document.documentElement
  if (prefs.theme === 'system') delete dataset.theme
  else dataset.theme = prefs.theme
  dataset.density = prefs.density
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
