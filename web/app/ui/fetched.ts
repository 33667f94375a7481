/** A piece of the page's code did not come: no connection, or an upgrade has taken it from the server. */
export class NotFetched extends Error {
  constructor(cause: unknown) {
    super('a piece of the page did not come', { cause })
  }
}

/** fetched loads a piece and names what went wrong, so that it is not taken for a fault of the piece. */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    throw new NotFetched(error)
  }
}
