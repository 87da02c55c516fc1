import { StrictMode, Suspense, use, useMemo, useState, type FormEvent, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { openNode, type DocumentId, type KnownSchema, type TakibiNode } from 'takibi'
import { NodeProvider, useDocument, useHistory, useLive, useNode, useQuery, useSchemas } from 'takibi/react'

/** The node, and the schema of notes: the one of the last visit, or a new one. */
async function open(): Promise<{ readonly node: TakibiNode; readonly note: KnownSchema }> {
  const node = await openNode({ name: 'react-notes' })
  const { schemas } = await node.schemas().once()
  const known = schemas.find(({ name }) => name === 'note')
  return { node, note: known ?? (await node.defineSchema('note', 'A note', { text: 'str' })) }
}
const opening = open()

function App(): ReactNode {
  const { node, note } = use(opening)
  return (
    <NodeProvider node={node}>
      <h1>Notes</h1>
      <NewNote note={note} />
      <Count note={note} />
      <Notes note={note} />
      <Versions />
    </NodeProvider>
  )
}

function NewNote({ note }: { readonly note: KnownSchema }): ReactNode {
  const node = useNode()
  const write = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    const text = new FormData(form).get('text')
    if (typeof text !== 'string') return
    form.reset()
    await node.create(note, { text })
  }
  return (
    <form onSubmit={(event) => void write(event)}>
      <label>
        A note <input name="text" required />
      </label>
      <button>Keep</button>
    </form>
  )
}

/** Drawn again when their number is another one, not when somebody changes a note. */
function Count({ note }: { readonly note: KnownSchema }): ReactNode {
  const node = useNode()
  const notes = useMemo(() => node.query(note), [node, note])
  const count = useLive(notes, ({ totalCount }) => totalCount)
  return <p role="status">Notes: {count ?? '…'}</p>
}

function Notes({ note }: { readonly note: KnownSchema }): ReactNode {
  const node = useNode()
  const [opened, setOpened] = useState<DocumentId>()
  const { status, documents, error } = useQuery(note, { orderBy: ['-CREATED_AT'], first: 100 })
  if (status === 'failed') return <p role="alert">{error.message}</p>
  return (
    <ul>
      {documents.map(({ id, fields }) => (
        <li key={id}>
          {String(fields['text'])} <button onClick={() => setOpened(id)}>Open</button>{' '}
          <button onClick={() => void node.remove(id)}>Remove</button>
          {opened === id && <Note id={id} />}
        </li>
      ))}
    </ul>
  )
}

/** One note, and what became of it. */
function Note({ id }: { readonly id: DocumentId }): ReactNode {
  const node = useNode()
  const { document } = useDocument(id)
  const { changes } = useHistory(id)
  const shout = (): void => void node.update(id, { text: `${String(document?.fields['text'])}!` })
  return (
    <section aria-label="Note">
      <p>{String(document?.fields['text'] ?? '')}</p>
      <button onClick={shout}>Louder</button>
      <ol aria-label="History">
        {changes.map(({ operationId, action, fields }) => (
          <li key={operationId}>
            {action} {String(fields['text'])}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Versions(): ReactNode {
  const { schemas } = useSchemas()
  return <footer>{schemas.filter(({ name }) => name === 'note').length} version of the schema</footer>
}

const place = document.getElementById('notes')
if (place)
  createRoot(place).render(
    <StrictMode>
      <Suspense fallback="…">
        <App />
      </Suspense>
    </StrictMode>,
  )
