import { useRef, useState } from 'react'
import { files as api } from '#/api/inbox'
import type { Attachment } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { ComposerFiles } from '#/inbox/composer-files'
import { t } from '#/text/text'
import { Button } from '#/ui/button'

interface QuickFilesProps {
  files: Attachment[]
  error?: string
  onChange: (files: Attachment[]) => void
}

/** Files that go along whenever the reply is put into an answer. */
export function QuickFiles({ files, error, onChange }: QuickFilesProps) {
  const picker = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')

  async function add(list: File[]): Promise<void> {
    setBusy(true)
    setProblem('')
    try {
      onChange([...files, ...(await Promise.all(list.map((file) => api.upload(file))))])
    } catch (refusal) {
      setProblem(errorText(refusal))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="flex flex-col items-start gap-1.5">
      <span className="font-medium text-sm">{t('quick.files')}</span>
      <ComposerFiles
        files={files}
        uploads={[]}
        onDropUpload={() => undefined}
        onDropFile={({ id }) => onChange(files.filter((file) => file.id !== id))}
      />
      <Button small icon="clip" busy={busy} onClick={() => picker.current?.click()}>
        {t('quick.addFile')}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('quick.addFile')}
        onChange={(event) => {
          void add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {(error || problem) && (
        <p role="alert" className="text-danger text-sm">
          {error || problem}
        </p>
      )}
    </div>
  )
}
