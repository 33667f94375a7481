import { useState } from 'react'
import { files as api } from '#/api/inbox'
import type { Attachment, Limits } from '#/api/types'
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

  /** upload sends files that will stand in the text; those that did not arrive are told of and left out. */
  async function upload(list: File[]): Promise<Attachment[]> {
    const stored = await Promise.all(list.map((file) => store(file)))
    return stored.filter((file) => file !== null)
  }

  async function one(file: File): Promise<void> {
    const stored = await store(file)
    if (stored) drafts.edit(conversation, { attachments: [...drafts.get(conversation).attachments, stored] })
  }

  async function store(file: File): Promise<Attachment | null> {
    const key = crypto.randomUUID()
    const max = limits?.files.max_bytes ?? 0
    const error = max > 0 && file.size > max ? t('file.tooBig', { max: bytes(max) }) : ''
    setUploads((all) => [...all, { key, name: file.name, error }])
    if (error) return null
    try {
      const stored = await api.upload(file)
      drop(key)
      return stored
    } catch (problem) {
      setUploads((all) =>
        all.map((item) => (item.key === key ? { ...item, error: errorText(problem) } : item)),
      )
      return null
    }
  }

  return { uploads, add, upload, drop, running: uploads.some((item) => !item.error) }
}
