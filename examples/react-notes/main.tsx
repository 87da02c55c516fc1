import { StrictMode, Suspense, use, type FormEvent, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { openNode, type KnownSchema, type TakibiNode } from 'takibi'
import { NodeProvider, useNode, useQuery } from 'takibi/react'

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
      <Notes note={note} />
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

function Notes({ note }: { readonly note: KnownSchema }): ReactNode {
  const node = useNode()
  const { status, documents, error } = useQuery(note, { orderBy: ['-CREATED_AT'], first: 100 })
  if (status === 'failed') return <p role="alert">{error.message}</p>
  return (
    <ul>
      {documents.map(({ id, fields }) => (
        <li key={id}>
          {String(fields['text'])} <button onClick={() => void node.remove(id)}>Remove</button>
        </li>
      ))}
    </ul>
  )
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
