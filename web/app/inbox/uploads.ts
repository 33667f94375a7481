import { useState } from 'react'
import { files as api } from '#/api/inbox'
import type { Limits } from '#/api/types'
import { t } from '#/text/text'
import { bytes } from '#/text/time'
import { errorText } from './actions'
import { drafts } from './draft'

export interface Upload {
  key: string
  name: string
  /** Empty while it runs. */
  error: string
}

/** useUploads sends files as soon as they are added; each joins the draft when it has arrived. */
export function useUploads(conversation: string, limits: Limits | undefined) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const drop = (key: string) => setUploads((all) => all.filter((item) => item.key !== key))

  async function add(list: Iterable<File>): Promise<void> {
    const jobs: Promise<void>[] = []
    for (const file of list) jobs.push(one(file))
    await Promise.all(jobs)
  }

  async function one(file: File): Promise<void> {
    const key = crypto.randomUUID()
    const max = limits?.files.max_bytes ?? 0
    const error = max > 0 && file.size > max ? t('file.tooBig', { max: bytes(max) }) : ''
    setUploads((all) => [...all, { key, name: file.name, error }])
    if (error) return
    try {
      const stored = await api.upload(file)
      drafts.edit(conversation, { attachments: [...drafts.get(conversation).attachments, stored] })
      drop(key)
    } catch (problem) {
      setUploads((all) =>
        all.map((item) => (item.key === key ? { ...item, error: errorText(problem) } : item)),
      )
    }
  }

  return { uploads, add, drop, running: uploads.some((item) => !item.error) }
}
