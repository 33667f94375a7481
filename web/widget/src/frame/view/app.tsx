import { useEffect, useReducer, useState } from 'preact/hooks'
import { fileSize } from '../format'
import { Composer, type Draft } from './composer'
import { Context, type Surround } from './context'
import { CloseIcon } from './icons'
import { List } from './list'
import { PreChat } from './prechat'

/** Where what is being typed is kept over a reload. */
export interface DraftKeeper {
  load(): string
  save(text: string): void
}

/** The whole chat page. */
export function App({ surround, keeper }: { surround: Surround; keeper: DraftKeeper }) {
  const { chat, text, language, close } = surround
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const [draft, setDraft] = useState<Draft>(() => ({ text: keeper.load(), files: [] }))
  const [problem, setProblem] = useState('')
  const [dragging, setDragging] = useState(false)
  useEffect(() => chat.subscribe(() => redraw(0)), [chat])
  const state = chat.snapshot()
  const { config } = state

  const change = (next: Draft): void => {
    setProblem('')
    setDraft(next)
    keeper.save(next.text)
  }

  const add = (files: Iterable<File>): void => {
    const limit = config?.max_file_bytes ?? 0
    const taken: File[] = []
    const problems: string[] = []
    for (const file of files) {
      if (limit > 0 && file.size > limit)
        problems.push(`${file.name} ${text.tooBig} ${fileSize(limit, language)}`)
      else if (file.size === 0) problems.push(`${file.name} ${text.empty}`)
      else taken.push(file)
    }
    setDraft((now) => ({ ...now, files: [...now.files, ...taken] }))
    setProblem(problems.join('. '))
  }

  const edit = async (clientId: string): Promise<void> => {
    const taken = await chat.discard(clientId)
    if (taken) change({ ...draft, text: [draft.text, taken.text].filter(Boolean).join('\n') })
  }

  return (
    <Context.Provider value={surround}>
      <main
        class={dragging ? 'chat dragging' : 'chat'}
        data-drop={text.drop}
        onKeyDown={(event) => event.key === 'Escape' && close()}
        onDragOver={(event) => {
          if (!event.dataTransfer?.types.includes('Files')) return
          event.preventDefault()
          setDragging(true)
        }}
        onDragLeave={(event) => event.relatedTarget === null && setDragging(false)}
        onDrop={(event) => {
          event.preventDefault()
          setDragging(false)
          if (!state.asking) add(event.dataTransfer?.files ?? [])
        }}
      >
        <header>
          <div>
            <h1>{config?.name || text.chat}</h1>
            {config && <p>{config.online ? text.online : text.away}</p>}
          </div>
          <button type="button" aria-label={text.close} title={text.close} onClick={close}>
            <CloseIcon />
          </button>
        </header>
        {!state.online && (
          <p class="banner" role="status">
            {text.offline}
          </p>
        )}
        {state.loading ? (
          <div class="between" />
        ) : (
          <List state={state} edit={(clientId) => void edit(clientId)} />
        )}
        {state.gone ? (
          <p class="gone">{text.gone}</p>
        ) : state.asking && config ? (
          <PreChat fields={config.pre_chat} open={state.open} />
        ) : (
          <Composer draft={draft} change={change} add={add} problem={problem} open={state.open} />
        )}
      </main>
    </Context.Provider>
  )
}
