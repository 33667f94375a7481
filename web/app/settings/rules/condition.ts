/**
 * A condition while somebody writes it: the tree of the API with a key on every part, so
 * that the page knows a row again when rows come and go around it.
 */
export interface Row {
  key: string
  kind: 'row'
  field: string
  op: string
  value: unknown
}

export interface Branch {
  key: string
  /** none is "not any": people say so, and it holds every "not" of the API. */
  kind: 'all' | 'any' | 'none'
  parts: Part[]
}

export type Part = Row | Branch

let last = 0
const newKey = () => `c${++last}`

export const newRow = (field = '', op = '', value: unknown = undefined): Row => ({
  key: newKey(),
  kind: 'row',
  field,
  op,
  value,
})

export const newBranch = (kind: Branch['kind'], parts: Part[] = []): Branch => ({
  key: newKey(),
  kind,
  parts,
})

type Written = Record<string, unknown>

const object = (value: unknown): Written => (value && typeof value === 'object' ? (value as Written) : {})

/** readCondition makes the tree of a condition; its root is always a group. */
export function readCondition(condition: unknown): Branch {
  const part = readPart(object(condition))
  if (part === null) return newBranch('all')
  return part.kind === 'row' ? newBranch('all', [part]) : part
}

/** readPart reads one part; null is a condition that asks for nothing. */
function readPart(written: Written): Part | null {
  if (Array.isArray(written.all)) return newBranch('all', readParts(written.all))
  if (Array.isArray(written.any)) return newBranch('any', readParts(written.any))
  if (written.not) {
    const inner = readPart(object(written.not))
    if (inner?.kind === 'any') return { ...inner, kind: 'none' }
    return newBranch('none', [inner ?? newBranch('all')])
  }
  if (typeof written.field !== 'string') return null
  return newRow(written.field, String(written.op ?? ''), written.value)
}

function readParts(list: unknown[]): Part[] {
  return list.map((item) => readPart(object(item)) ?? newBranch('all'))
}

/** writeCondition is what the API takes; a root without parts asks for nothing. */
export function writeCondition(root: Branch): Written {
  return root.parts.length === 0 ? {} : writePart(root)
}

function writePart(part: Part): Written {
  switch (part.kind) {
    case 'row':
      return {
        field: part.field,
        op: part.op,
        ...(part.value !== undefined && { value: part.value }),
      }
    case 'none':
      return { not: { any: part.parts.map(writePart) } }
    default:
      return { [part.kind]: part.parts.map(writePart) }
  }
}

/** Where a part's own parts stand in what writeCondition gives. */
export function partsPath(branch: Branch, path: string): string {
  return branch.kind === 'none' ? `${path}.not.any` : `${path}.${branch.kind}`
}

/** numberRows gives every row the number by which the page names it, and the path by which errors do. */
export function numberRows(root: Branch, path: string): { row: Row; path: string; number: number }[] {
  const rows: { row: Row; path: string; number: number }[] = []
  const walk = (branch: Branch, at: string) => {
    branch.parts.forEach((part, index) => {
      const here = `${partsPath(branch, at)}[${index}]`
      if (part.kind === 'row') rows.push({ row: part, path: here, number: rows.length + 1 })
      else walk(part, here)
    })
  }
  walk(root, path)
  return rows
}
