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

/** Where an editor stands. */
export interface Stand<T, W, D> {
  base: Base<W>
  draft: D
  /** The version that was last seen of the thing, whoever saved it. */
  seen?: number
  /** What somebody else saved while this was being written. */
  newer: T | null
  /** What was written here, while theirs is looked at. */
  mine: { base: Base<W>; draft: D } | null
  /** How often the fields were filled anew. */
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
    mine: null,
    round: 0,
  }
}

export const touched = <T extends Versioned, W, D>(shape: Shape<T, W, D>, stand: Stand<T, W, D>): boolean =>
  !same(shape.write(stand.draft), stand.base.written)

/** unsaved is what was written here and by which state; what began the fields where nothing was. */
export function unsaved<T extends Versioned, W, D>(shape: Shape<T, W, D>, stand: Stand<T, W, D>): Base<W> {
  const { base, draft } = stand.mine && !touched(shape, stand) ? stand.mine : stand
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
  if (item.version === stand.base.version) return { ...next, newer: null }
  return touched(shape, stand) || stand.mine ? { ...next, newer: item } : refill(shape, next, item)
}

/** refill fills the fields with a thing as it is saved. */
export function refill<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  stand: Stand<T, W, D>,
  item: T | null,
): Stand<T, W, D> {
  const base = baseOf(shape, item)
  return {
    ...stand,
    base,
    draft: shape.read(base.written),
    newer: null,
    mine: null,
    round: stand.round + 1,
  }
}

/** look shows what somebody else saved, and keeps what was written here. */
export function look<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  stand: Stand<T, W, D>,
): Stand<T, W, D> {
  if (!stand.newer) return stand
  const mine = { base: stand.base, draft: stand.draft }
  return { ...refill(shape, stand, stand.newer), newer: stand.newer, mine }
}

/** back shows what was written here again. */
export function back<T, W, D>(stand: Stand<T, W, D>): Stand<T, W, D> {
  return stand.mine ? { ...stand, ...stand.mine, mine: null, round: stand.round + 1 } : stand
}
