import { useId, useState } from 'react'
import { ButtonLink } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Empty, Heading } from '../../components/screen.tsx'
import { titleOf } from '../../data/collection.ts'
import { useCollections } from '../../data/use-collections.tsx'
import { useHoodWords } from '../../messages/hood.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import type { Change, DocumentView } from '../../../sdk/index.ts'
import { useDocument, useHistory, useNode } from '../../../sdk/react/index.ts'
import { Graph } from './graph.tsx'
import { tipsOf } from './graph-layout.ts'
import css from './hood.module.css'
import { shortId } from './operation-text.ts'
import { useAnswer } from '../../data/use-answer.ts'
import { useRecentDocuments } from './use-recent-documents.ts'

/** One document with its graph, or the ones that changed lately to choose from. */
export const Documents = ({ id }: { readonly id: string | undefined }) =>
  id === undefined ? <RecentDocuments /> : <OpenDocument key={id} id={id} />

const RecentDocuments = () => {
  const { format } = useSpeech()
  const words = useHoodWords().documents
  const documents = useRecentDocuments()
  const nameOf = useNames()
  if (documents === undefined) return null
  return (
    <section>
      <Heading>{words.recent}</Heading>
      <p className={css['quiet']}>{words.text}</p>
      {documents.length === 0 ? (
        <Empty title={words.none} />
      ) : (
        <ul className={css['list']}>
          {documents.map((document) => (
            <li key={document.id}>
              <a className={css['row']} href={path.hood('doc', document.id)}>
                <span className={css['name']} dir="auto">
                  {nameOf(document)}
                </span>
                <code className={css['code']}>{shortId(document.id)}</code>
                <span className={css['end']}>{format.dateTime(document.changedAt)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What a document is called: as its collection says, else its name, else the first text among its fields, else its schema. */
const useNames = (): ((document: DocumentView) => string) => {
  const { collections } = useCollections()
  return (document) => {
    const { fields, schemaId } = document
    const collection = collections.find(({ versions }) => versions.some(({ id }) => id === schemaId))
    const texts = [
      collection === undefined ? '' : titleOf(collection, document),
      asText(fields['name']),
      ...Object.values(fields).map(asText),
    ]
    return texts.find((text) => text !== '' && !/^0020[0-9a-f]{64}/.test(text)) ?? schemaId.replace(/_0020.*/, '')
  }
}

const OpenDocument = ({ id }: { readonly id: string }) => {
  const t = useHoodWords().documents
  const { status, document } = useDocument(id)
  const { changes } = useHistory(id)
  const nameOf = useNames()
  if (status === 'loading') return null
  if (changes.length === 0) return <p role="status">{t.notHere}</p>
  return (
    <>
      <section className={css['card']} aria-label={t.graph}>
        <header className={css['cardHead']}>
          <h2 className={css['cardTitle']} dir="auto">
            {document === undefined ? shortId(id) : nameOf(document)}
          </h2>
          <code className={css['code']} title={id}>
            {shortId(id)}
          </code>
          {document?.isDeleted === true && <Chip tone="berry">{t.deleted}</Chip>}
          {document !== undefined && !document.isDeleted && (
            <span className={css['end']}>
              <ButtonLink href={path.thing(id)}>{t.open}</ButtonLink>
            </span>
          )}
        </header>
        <Graph changes={changes} />
        <p className={css['quiet']}>{t.tips(tipsOf(changes).size)}</p>
      </section>
      <Scrubber changes={changes} />
      <InOrder changes={changes} />
    </>
  )
}

/** Moves through the view ids of a document and shows its fields as they were. */
const Scrubber = ({ changes }: { readonly changes: readonly Change[] }) => {
  const node = useNode()
  const t = useHoodWords().documents
  const id = useId()
  const [chosen, setChosen] = useState(changes.length - 1)
  const change = changes[Math.min(chosen, changes.length - 1)]
  const { value } = useAnswer(
    async () => (change === undefined ? undefined : await node.documentAt(change.viewId)),
    [node, change?.viewId],
  )
  if (change === undefined) return null
  return (
    <section className={css['card']}>
      <label htmlFor={id}>
        {t.at} <code className={css['code']}>{shortId(change.operationId)}</code>
        {change === changes.at(-1) && ` (${t.now})`}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={changes.length - 1}
        value={chosen}
        onChange={(event) => setChosen(event.target.valueAsNumber)}
        aria-valuetext={shortId(change.operationId)}
      />
      <dl className={css['facts']}>
        {Object.entries(value?.fields ?? {}).map(([name, field]) => (
          <div key={name} className={css['fact']}>
            <dt>{name}</dt>
            <dd dir="auto">{textOf(field)}</dd>
          </div>
        ))}
        <div className={css['fact']}>
          <dt>{t.schema}</dt>
          <dd>
            <code>{change.schemaId}</code>
          </dd>
        </div>
      </dl>
    </section>
  )
}

const InOrder = ({ changes }: { readonly changes: readonly Change[] }) => {
  const t = useHoodWords().documents
  const tips = tipsOf(changes)
  return (
    <section>
      <Heading>{t.inOrder}</Heading>
      <div className={css['tableFrame']} tabIndex={0} role="region" aria-label={t.inOrder}>
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col">{t.order}</th>
              <th scope="col">{t.operation}</th>
              <th scope="col">{t.action}</th>
              <th scope="col">{t.sets}</th>
              <th scope="col">{t.log}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change, at) => (
              <tr key={change.operationId}>
                <td className={css['number']}>{at + 1}</td>
                <td>
                  <a href={path.hood('op', change.operationId)}>
                    <code>{shortId(change.operationId)}</code>
                  </a>{' '}
                  {tips.has(change.operationId) && <Chip tone="leaf">{t.isTip}</Chip>}
                  {change.isPending && <Chip tone="honey">{t.waits}</Chip>}
                </td>
                <td>{t.actions[change.action]}</td>
                <td dir="auto">{Object.keys(change.fields).join(', ')}</td>
                <td className={css['number']}>
                  <code>
                    {shortId(change.publicKey)} {String(change.logId)}/{String(change.seqNum)}
                  </code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const textOf = (value: DocumentView['fields'][string]): string => {
  if (value instanceof Uint8Array) return `${value.length} B`
  return Array.isArray(value) ? value.map(shortId).join(', ') : String(value)
}
