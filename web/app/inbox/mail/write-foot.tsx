import type { ReactNode } from 'react'
import { AttachButton } from '#/ui/attach'
import { Icon } from '#/ui/icons'

interface WriteFootProps {
  /** What is wrong with the whole; '' when nothing is. */
  problem: string
  sending: boolean
  onFiles: (files: File[]) => void
  /** The buttons that send. */
  children: ReactNode
}

/** Below a first message: what is wrong with it, files to go along, and what sends it. */
export function WriteFoot({ problem, sending, onFiles, children }: WriteFootProps) {
  return (
    <>
      {problem && (
        <p role="alert" className="flex items-center gap-1.5 text-danger text-sm">
          <Icon name="alert" className="size-4!" />
          {problem}
        </p>
      )}
      <div className="flex items-center gap-2">
        <AttachButton onFiles={onFiles} disabled={sending} />
        {children}
      </div>
    </>
  )
}
