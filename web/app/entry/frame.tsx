import { type FormEvent, type ReactNode, useState } from 'react'
import { setCaller } from '#/api/http'
import { Problem } from '#/api/problem'
import type { Language } from '#/api/types'
import { languages, tongues } from '#/text/languages'
import { currentLanguage, loadCatalogue, t } from '#/text/text'
import { Button } from '#/ui/button'
import { Logo } from '#/ui/logo'
import { unfit } from './unfit'

/** The page before anybody is signed in: one column, one form, the languages. */
export function EntryFrame({
  title,
  lead,
  children,
}: {
  title: () => string
  lead?: () => string
  children: () => ReactNode
}) {
  const [language, setLanguage] = useState(currentLanguage())

  async function choose(next: Language): Promise<void> {
    await loadCatalogue(next)
    localStorage.setItem('parley.language', next)
    setCaller({ language: next })
    setLanguage(next)
  }

  return (
    <main
      lang={language}
      dir={tongues[language].dir}
      className="scroller flex h-dvh flex-col items-center bg-bg px-4 py-[min(12dvh,6rem)]"
    >
      <div className="flex w-full max-w-md flex-col gap-6 sm:rounded-xl sm:border sm:border-line sm:bg-surface sm:p-8">
        <header className="flex flex-col gap-3">
          <Logo className="size-10" />
          <div className="flex flex-col gap-1.5">
            <h1 className="text-balance font-semibold text-2xl tracking-tight">{title()}</h1>
            {lead && <p className="text-pretty text-muted">{lead()}</p>}
          </div>
        </header>
        {children()}
        <footer className="flex gap-1 text-sm">
          {languages.map((code) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={language === code}
              onClick={() => void choose(code)}
              className="min-h-7 rounded-md px-2 text-muted hover:text-text aria-pressed:bg-hover aria-pressed:text-text"
            >
              {tongues[code].name}
            </button>
          ))}
        </footer>
      </div>
    </main>
  )
}

interface EntryFormProps {
  submit: string
  onSubmit: () => Promise<void>
  children: (fields: Record<string, string>) => ReactNode
}

/** A form that shows what was wrong beside the field it concerns, and keeps what was typed. */
export function EntryForm({ submit, onSubmit, children }: EntryFormProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [wrong, setWrong] = useState<Record<string, string>>({})

  async function onFormSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const found = unfit(event.currentTarget)
    setProblem(null)
    setWrong(found.errors)
    found.first?.focus()
    if (found.first) return
    setBusy(true)
    try {
      await onSubmit()
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, {}))
    } finally {
      setBusy(false)
    }
  }

  const fields = problem?.fields ?? wrong
  return (
    // The browser would complain in its own language, which need not be the page's.
    <form noValidate onSubmit={onFormSubmit} className="flex flex-col gap-4">
      {children(fields)}
      {problem && Object.keys(fields).length === 0 && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
          {problemText(problem)}
        </p>
      )}
      <Button type="submit" tone="primary" busy={busy}>
        {submit}
      </Button>
    </form>
  )
}

/** problemText is the server's own words, or ours when it gave none. */
export function problemText(problem: Problem): string {
  if (problem.offline) return t('common.offline')
  if (problem.status === 429)
    return t('signIn.throttled', { n: Math.max(1, Math.ceil(problem.retryAfter / 60)) })
  return problem.message || t('common.failed')
}
