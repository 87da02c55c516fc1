import { Hash } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { useHoodWords } from '../../messages/hood.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { lipmaa } from '../../../sdk/core.ts'
import { ByteView, HexView } from './hex-view.tsx'
import css from './hood.module.css'
import { type ReadEntry, verifyAgain } from './log-entries.ts'
import { operationText, shortId } from './operation-text.ts'

const views = ['fields', 'json', 'hex'] as const
type View = (typeof views)[number]

/** One entry: what it links to and carries, the operation as JSON, or every byte by name. */
export const EntryCard = ({ read }: { readonly read: ReadEntry }) => {
  const t = useHoodWords()
  const [view, setView] = useState<View>('fields')
  const group = useId()
  return (
    <section className={css.card} aria-label={t.logs.entry(String(read.entry.seqNum))}>
      <header className={css.cardHead}>
        <Hash size={20} aria-hidden />
        <h2 className={css.cardTitle}>{t.logs.entry(String(read.entry.seqNum))}</h2>
        {read.operation !== undefined && (
          <span className={css.end}>
            <Chip tone="iris">{t.documents.actions[read.operation.action]}</Chip>
          </span>
        )}
      </header>
      <fieldset className={css.choices}>
        <legend className="visually-hidden">{t.entry.views}</legend>
        {views.map((name) => (
          <label key={name} className={css.choice}>
            <input type="radio" name={group} checked={view === name} onChange={() => setView(name)} />
            <span>{t.entry[name]}</span>
          </label>
        ))}
      </fieldset>
      {view === 'fields' && <EntryFields read={read} />}
      {view === 'json' && <OperationJson read={read} />}
      {view === 'hex' && (
        <>
          <HexView entry={read.entry} />
          {read.operationBytes !== null && <ByteView title={t.entry.operationBytes} bytes={read.operationBytes} />}
        </>
      )}
    </section>
  )
}

const EntryFields = ({ read: { entry, operation, operationBytes, info } }: { readonly read: ReadEntry }) => {
  const { format } = useSpeech()
  const words = useHoodWords().entry
  const [checked, setChecked] = useState<string>()
  const toEntry = (seqNum: bigint): ReactNode => (
    <a href={path.hood('log', entry.publicKey, entry.logId, seqNum)}>{words.toEntry(String(seqNum))}</a>
  )
  const verify = (): void => {
    const { isValid, tookMs } = verifyAgain(entry)
    setChecked(isValid ? words.valid(tookMs) : words.invalid)
  }
  return (
    <dl className={css.facts}>
      <Fact name={words.document}>
        <a href={path.hood('doc', info.documentId)}>
          <code title={info.documentId}>{shortId(info.documentId)}</code>
        </a>
      </Fact>
      {operation !== undefined && operation.action !== 'create' && (
        <Fact name={words.previous}>
          {operation.previous.map((id) => (
            <a key={id} href={path.hood('op', id)}>
              <code title={id}>{shortId(id)}</code>{' '}
            </a>
          ))}
        </Fact>
      )}
      {entry.backlink !== undefined && (
        <Fact name={words.backlink}>
          {toEntry(entry.seqNum - 1n)} <code title={entry.backlink}>{shortId(entry.backlink)}</code>
        </Fact>
      )}
      {entry.skiplink !== undefined && (
        <Fact name={words.skiplink}>
          {toEntry(lipmaa(entry.seqNum))} <code title={entry.skiplink}>{shortId(entry.skiplink)}</code>
        </Fact>
      )}
      <Fact name={words.payload}>
        {words.bytes(Number(entry.payloadSize))} <code title={entry.payloadHash}>{shortId(entry.payloadHash)}</code>
        {operationBytes === null && <em> {words.gone}</em>}
      </Fact>
      <Fact name={words.received}>
        {words.arrival(info.arrival, format.dateTime(info.receivedAt))}, {words.origins[info.origin]}
      </Fact>
      <Fact name={words.signature}>
        <span role="status">{checked}</span> <Button onClick={verify}>{words.verify}</Button>
      </Fact>
    </dl>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className={css.fact}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const OperationJson = ({ read: { operation } }: { readonly read: ReadEntry }) => {
  const t = useHoodWords().entry
  const [isCopied, setIsCopied] = useState(false)
  if (operation === undefined) return <p>{t.gone}</p>
  const text = operationText(operation)
  return (
    <>
      <pre className={css.json} tabIndex={0} aria-label={t.json}>
        {text}
      </pre>
      <Button
        onClick={() => {
          void navigator.clipboard.writeText(text).then(() => setIsCopied(true))
        }}
      >
        {isCopied ? t.copied : t.copy}
      </Button>
    </>
  )
}
