/** What can be saved by an older state of it: the server refuses a change that names one. */
export interface Versioned {
  version: number
}

/** How a thing is written: what of it a save writes, and how that stands in the fields. */
export interface Shape<T extends Versioned, W, D> {
  /** The word under which a refusal holds what it is by now. */
  noun: string
  /** What a save would write of it as it is; of null: what an empty form would write. */
  of: (item: T | null) => W
  read: (written: W) => D
  write: (draft: D) => W
}

/** What fields began with. */
export interface Base<W> {
  written: W
  /** None of what is new. */
  version?: number
}

/** What is written, and what it began with. */
export interface Written<W, D> {
  base: Base<W>
  draft: D
}

/** Where an editor stands. */
export interface Stand<T, W, D> extends Written<W, D> {
  /** The version that was last seen of the thing, whoever saved it. */
  seen?: number
  /** What somebody else saved while this was being written. */
  newer: T | null
  /** What was written here before theirs was looked at, the latest last. */
  mine: Written<W, D>[]
  /** What was written over theirs before somebody went back from it, the latest last. */
  over: Written<W, D>[]
  /** How often other words were put before somebody at their own wish. */
  round: number
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

export function baseOf<T extends Versioned, W, D>(shape: Shape<T, W, D>, item: T | null): Base<W> {
  return { written: shape.of(item), ...(item && { version: item.version }) }
}

/** begin fills the fields with a thing, or with what was kept of an editor that was left. */
export function begin<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  item: T | null,
  kept: Base<W> | null,
): Stand<T, W, D> {
  const now = baseOf(shape, item)
  const stale = kept !== null && item !== null && kept.version !== item.version
  return {
    base: kept ? { ...now, ...(kept.version && { version: kept.version }) } : now,
    draft: shape.read(kept ? kept.written : now.written),
    seen: item?.version,
    newer: stale ? item : null,
    mine: [],
    over: [],
    round: 0,
  }
}

export const touched = <T extends Versioned, W, D>(shape: Shape<T, W, D>, stand: Stand<T, W, D>): boolean =>
  !same(shape.write(stand.draft), stand.base.written)

/** alone says that nothing written here would be lost if the fields were filled anew. */
const alone = <T extends Versioned, W, D>(shape: Shape<T, W, D>, stand: Stand<T, W, D>): boolean =>
  !touched(shape, stand) && stand.mine.length === 0 && stand.over.length === 0

/** unsaved is what was written here and by which state; what began the fields where nothing was. */
export function unsaved<T extends Versioned, W, D>(shape: Shape<T, W, D>, stand: Stand<T, W, D>): Base<W> {
  const { base, draft } = (!touched(shape, stand) && stand.mine.at(-1)) || stand
  return { ...base, written: shape.write(draft) }
}

/** follow takes over what others saved where nothing was written, and says so where something was. */
export function follow<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  stand: Stand<T, W, D>,
  item: T,
): Stand<T, W, D> {
  if (item.version === stand.seen) return stand
  const next = { ...stand, seen: item.version }
  // Theirs that is looked at stays told: by it one comes back to one's own.
  if (item.version === stand.base.version && stand.mine.length === 0) return { ...next, newer: null }
  return alone(shape, stand) ? refill(shape, next, item) : { ...next, newer: item }
}

/** refill fills the fields with a thing as it is saved. */
export function refill<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  stand: Stand<T, W, D>,
  item: T | null,
): Stand<T, W, D> {
  const base = baseOf(shape, item)
  return { ...stand, base, draft: shape.read(base.written), newer: null, mine: [], over: [] }
}

/** discard fills the fields with what is saved, whatever was written in them. */
export function discard<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  stand: Stand<T, W, D>,
  item: T | null,
): Stand<T, W, D> {
  return { ...refill(shape, stand, item), round: stand.round + 1 }
}

/** settled goes by what a save has stored; the fields stay as they are. */
export function settled<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  stand: Stand<T, W, D>,
  stored: T,
): Stand<T, W, D> {
  return { ...stand, base: baseOf(shape, stored), newer: null, mine: [], over: [] }
}

/** look shows what somebody else saved, or what was written over that, and keeps what was written here. */
export function look<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  stand: Stand<T, W, D>,
): Stand<T, W, D> {
  if (!stand.newer) return stand
  const base = baseOf(shape, stand.newer)
  const shown = stand.over.at(-1) ?? { base, draft: shape.read(base.written) }
  return {
    ...stand,
    ...shown,
    mine: put(shape, stand.mine, stand),
    over: stand.over.slice(0, -1),
    round: stand.round + 1,
  }
}

/** back shows what was written here again, and keeps what was written over theirs. */
export function back<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  stand: Stand<T, W, D>,
): Stand<T, W, D> {
  const mine = stand.mine.at(-1)
  if (!mine) return stand
  return {
    ...stand,
    ...mine,
    mine: stand.mine.slice(0, -1),
    over: put(shape, stand.over, stand),
    round: stand.round + 1,
  }
}

/** refused notes who was quicker than a save; what was written stays where it is. */
export function refused<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  stand: Stand<T, W, D>,
  newer: T,
): Stand<T, W, D> {
  const now = touched(shape, stand) ? stand : back(shape, stand)
  return { ...now, newer }
}

/** put lays aside what stands in the fields, if it was written here. */
function put<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  aside: Written<W, D>[],
  stand: Stand<T, W, D>,
): Written<W, D>[] {
  return touched(shape, stand) ? [...aside, { base: stand.base, draft: stand.draft }] : aside
}
