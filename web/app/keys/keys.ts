import { useEffect, useRef } from 'react'

/** A key by its place on the board (event.code), so that it works under any layout. "KeyG KeyI" is a sequence. */
export type Stroke = string

export interface KeyPress {
  code: string
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

export type Bindings = Record<Stroke, () => void>

/** Whether bindings go before all usual ones, whichever came last. */
export type Rank = 'usual' | 'first'

const sequenceTime = 1_200

/** strokeOf names a press: modifiers first, "Mod" for Ctrl or Command. Null when Alt takes part. */
export function strokeOf(press: KeyPress): Stroke | null {
  if (press.altKey) return null
  const mod = press.ctrlKey || press.metaKey ? 'Mod+' : ''
  // "?" sits on different keys; people look for the sign, so it alone goes by what it types.
  if (press.key === '?' && !mod) return 'Help'
  return `${mod}${press.shiftKey ? 'Shift+' : ''}${press.code}`
}

/** createKeys resolves presses against layers of bindings; the layer added last wins, save over those that go first. */
export function createKeys(now: () => number = Date.now) {
  const layers: Bindings[] = []
  const firsts = new Set<Bindings>()
  let first = ''
  let firstAt = 0

  function find(stroke: Stroke): (() => void) | undefined {
    const binds = layers.filter((layer) => stroke in layer)
    return (binds.findLast((layer) => firsts.has(layer)) ?? binds.at(-1))?.[stroke]
  }

  return {
    add(bindings: Bindings, rank: Rank = 'usual'): () => void {
      layers.push(bindings)
      if (rank === 'first') firsts.add(bindings)
      return () => {
        firsts.delete(bindings)
        const at = layers.indexOf(bindings)
        if (at >= 0) layers.splice(at, 1)
      }
    },
    /** Whether a stroke means anything now, for whoever offers it by name. */
    bound: (stroke: Stroke): boolean => find(stroke) !== undefined,
    /** run does what a stroke would, whatever has the focus. */
    run: (stroke: Stroke): void => find(stroke)?.(),
    /** press runs what is bound; true when the press was ours. */
    press(press: KeyPress): boolean {
      const stroke = strokeOf(press)
      if (!stroke) return false
      const sequence = first && now() - firstAt < sequenceTime ? find(`${first} ${stroke}`) : undefined
      first = ''
      if (sequence) {
        sequence()
        return true
      }
      const run = find(stroke)
      if (run) {
        run()
        return true
      }
      if (layers.some((layer) => Object.keys(layer).some((bound) => bound.startsWith(`${stroke} `)))) {
        first = stroke
        firstAt = now()
        return true
      }
      return false
    },
  }
}

export const keys = createKeys()

/** useKeys binds while the component is there; the handlers may change with every render. */
export function useKeys(bindings: Bindings, rank: Rank = 'usual'): void {
  const latest = useRef(bindings)
  latest.current = bindings
  const strokes = Object.keys(bindings).join('|')
  useEffect(() => {
    const layer: Bindings = {}
    for (const stroke of strokes ? strokes.split('|') : []) layer[stroke] = () => latest.current[stroke]?.()
    return keys.add(layer, rank)
  }, [strokes, rank])
}
