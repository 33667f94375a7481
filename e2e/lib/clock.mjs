import { rename, writeFile } from 'node:fs/promises'

/** Sets the clock of a program built with movable_clock: by so many milliseconds ahead of the machine's, or behind it. */
export async function setAhead(file, ms) {
  await writeFile(`${file}.new`, `${Math.round(ms)}ms`)
  await rename(`${file}.new`, file)
}
