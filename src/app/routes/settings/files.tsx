import { Download, FileInput } from 'lucide-react'
import { useRef, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Select } from '../../components/field.tsx'
import { useImport } from '../../components/import-file.tsx'
import { exportFile, fileNameFor } from '../../data/save-file.ts'
import { useCollections } from '../../data/use-collections.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { useSettings } from '../../state/settings.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './settings.module.css'

/** Copies out, copies in. */
export const Files = () => (
  <>
    <Export />
    <Import />
  </>
)

const Export = () => {
  const { t, format } = useSpeech()
  const say = t.you.settings.files
  const node = useNode()
  const set = useSettings((settings) => settings.set)
  const collections = useCollections().collections.filter(({ schema }) => schema !== undefined)
  const [chosen, setChosen] = useState('')
  const [bytes, setBytes] = useState<number>()
  const [leadsOut, setLeadsOut] = useState(0)
  const stop = useRef<AbortController>(undefined)
  const collection = collections.find(({ id }) => id === chosen)

  const save = async (): Promise<void> => {
    const controller = new AbortController()
    stop.current = controller
    setBytes(0)
    setLeadsOut(0)
    const name = fileNameFor(collection?.name ?? 'takibi')
    const scope = collection?.schema === undefined ? ({ all: true } as const) : { schema: collection.schema.id }
    const saved = await attempt(t, () =>
      exportFile(node, scope, name, { signal: controller.signal, onBytes: setBytes }),
    )
    setBytes(undefined)
    if (saved === undefined) return
    if (collection === undefined) set({ exportedAt: saved.startedAt })
    setLeadsOut(saved.report?.leadsOut.length ?? 0)
    toast(say.saved(name, format.bytes(saved.bytes)))
  }
  return (
    <section className={css.card}>
      <h2>{say.export}</h2>
      <p className={css.text}>{say.exportText}</p>
      <Select label={say.what} value={chosen} onChange={(event) => setChosen(event.target.value)}>
        <option value="">{say.everything}</option>
        {collections.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <div className={css.actions}>
        {bytes === undefined ? (
          <Button tone="primary" icon={<Download size={20} aria-hidden />} onClick={() => void save()}>
            {say.save}
          </Button>
        ) : (
          <>
            <Button onClick={() => stop.current?.abort()}>{say.stop}</Button>
            <span role="status">{say.saving(format.bytes(bytes))}</span>
          </>
        )}
      </div>
      {leadsOut > 0 && <p role="status">{say.leadsOut(leadsOut)}</p>}
    </section>
  )
}

const Import = () => {
  const { t } = useSpeech()
  const say = t.you.settings.files
  const { choose, view } = useImport(() => go(path.home()))
  return (
    <section className={css.card}>
      <h2>{say.import}</h2>
      <p className={css.text}>{say.importText}</p>
      <div className={css.actions}>
        <Button icon={<FileInput size={20} aria-hidden />} onClick={choose}>
          {say.choose}
        </Button>
      </div>
      {view}
    </section>
  )
}
