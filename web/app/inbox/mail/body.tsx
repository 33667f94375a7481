import { useState } from 'react'
import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { RichText } from '../rich-text'
import { MailFrame } from './frame'
import { plain } from './words'

/** What a mail says: on its own page where it has a look of its own, else as text. */
export function MailBody({ message, name }: { message: Message; name: string }) {
  const [images, setImages] = useState(false)
  const [held, setHeld] = useState(false)
  const { id, html, text, quoted } = message
  // A mail that is still on its way to the server has no page there.
  if (html && !id.startsWith('local:')) {
    return (
      <>
        {held && !images && (
          <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm">
            <Icon name="eye" className="size-4!" />
            <span className="min-w-0 flex-1 basis-56">{t('mail.imagesHeld')}</span>
            <Button small onClick={() => setImages(true)}>
              {t('mail.showImages')}
            </Button>
          </p>
        )}
        <MailFrame id={id} name={name} images={images} onRemote={setHeld} />
      </>
    )
  }
  const words = text || plain(html)
  return (
    <>
      {words ? (
        <RichText text={words} />
      ) : (
        !quoted && message.attachments.length === 0 && <p className="text-muted">{t('mail.empty')}</p>
      )}
      {quoted && <Quoted text={quoted} />}
    </>
  )
}

/** What the author repeated or signs with: nothing is lost, it is shown when asked for. */
function Quoted({ text }: { text: string }) {
  const [open, setOpen] = useState(false)
  const label = open ? t('mail.quotedHide') : t('mail.quoted')
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
        className="mt-1 grid h-6 w-9 place-items-center rounded-full border border-line-strong bg-surface text-muted hover:text-text"
      >
        <Icon name="more" className="size-4!" />
      </button>
      {open && (
        <div data-testid="quoted" className="mt-2 border-line-strong border-s-2 ps-3 text-muted">
          <RichText text={text} />
        </div>
      )}
    </>
  )
}
