/** Where files wait until they are sent: they are too big for localStorage. */
export interface Blobs {
  put(key: string, file: Blob): Promise<void>
  get(key: string): Promise<Blob | null>
  remove(key: string): Promise<void>
}

const NAME = 'parley'
const TABLE = 'files'

/** Blobs in IndexedDB, with memory behind it for browsers that refuse it. */
export function browserBlobs(): Blobs {
  const memory = new Map<string, Blob>()
  let opening: Promise<IDBDatabase> | undefined

  const database = (): Promise<IDBDatabase> => {
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(TABLE)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
      request.onblocked = () => reject(new Error('blocked'))
    })
    return opening
  }

  const run = async <T>(
    mode: IDBTransactionMode,
    use: (table: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const transaction = (await database()).transaction(TABLE, mode)
    return new Promise((resolve, reject) => {
      const request = use(transaction.objectStore(TABLE))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
    })
  }

  return {
    put: (key, file) =>
      run('readwrite', (table) => table.put(file, key)).then(
        () => undefined,
        () => void memory.set(key, file),
      ),
    get: async (key) => {
      const inMemory = memory.get(key)
      if (inMemory) return inMemory
      const found: unknown = await run('readonly', (table) => table.get(key) as IDBRequest<unknown>).catch(
        () => null,
      )
      return found instanceof Blob ? found : null
    },
    remove: async (key) => {
      memory.delete(key)
      await run('readwrite', (table) => table.delete(key)).catch(() => undefined)
    },
  }
}
