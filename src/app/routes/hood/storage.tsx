import { useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Heading } from '../../components/screen.tsx'
import { useHoodWords } from '../../messages/hood.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import type { CheckReport } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import css from './hood.module.css'
import { shortId } from './operation-text.ts'
import { useAnswer } from '../../data/use-answer.ts'

const pendingShown = 100

/** What the database holds, whether it is sound, which logs forked and what waits. */
export const Storage = () => (
  <>
    <Tables />
    <Check />
    <Forks />
    <Waiting />
  </>
)

const Tables = () => {
  const node = useNode()
  const { format } = useSpeech()
  const words = useHoodWords().storage
  const { value: tables } = useAnswer(() => node.inspect.usage(), [node])
  if (tables === undefined) return null
  return (
    <section>
      <Heading>{words.title}</Heading>
      <p className={css['quiet']}>{words.text}</p>
      <div className={css['tableFrame']}>
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col">{words.table}</th>
              <th scope="col">{words.rows}</th>
              <th scope="col">{words.size}</th>
            </tr>
          </thead>
          <tbody>
            {tables.map(({ table, rows, bytes }) => (
              <tr key={table}>
                <th scope="row">
                  <code>{table}</code> {words.tables[table]}
                </th>
                <td className={css['number']}>{format.number(rows)}</td>
                <td className={css['number']}>{bytes === 0 ? '' : format.bytes(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

type Checking =
  | { readonly is: 'running'; readonly documents: number }
  | { readonly is: 'done'; readonly report: CheckReport }
  | { readonly is: 'failed'; readonly message: string }

const Check = () => {
  const node = useNode()
  const words = useHoodWords().storage
  const [checking, setChecking] = useState<Checking>()
  const running = useRef<AbortController>(undefined)
  const start = (): void => {
    const controller = new AbortController()
    running.current = controller
    setChecking({ is: 'running', documents: 0 })
    node
      .verify({
        signal: controller.signal,
        onProgress: ({ documents }) => setChecking({ is: 'running', documents }),
      })
      .then(
        (report) => setChecking({ is: 'done', report }),
        (error: unknown) =>
          setChecking(
            controller.signal.aborted
              ? undefined
              : { is: 'failed', message: error instanceof Error ? error.message : String(error) },
          ),
      )
  }
  return (
    <section className={css['card']}>
      <h2 className={css['cardTitle']}>{words.check}</h2>
      <p className={css['quiet']}>{words.checkText}</p>
      <div className={css['actions']}>
        {checking?.is === 'running' ? (
          <Button onClick={() => running.current?.abort()}>{words.stop}</Button>
        ) : (
          <Button onClick={start}>{words.check}</Button>
        )}
        <p role="status">{checking?.is === 'running' && words.checking(checking.documents)}</p>
      </div>
      {checking?.is === 'failed' && <p role="alert">{checking.message}</p>}
      {checking?.is === 'done' && <Report report={checking.report} />}
    </section>
  )
}

const Report = ({ report }: { readonly report: CheckReport }) => {
  const words = useHoodWords().storage
  if (report.damaged.length === 0) return <p role="status">{words.sound(report.entries, report.documents)}</p>
  return (
    <div role="alert">
      <p>{words.damaged(report.damaged.length)}</p>
      <ul>
        {report.damaged.map(({ table, key, failure }) => (
          <li key={`${table}/${key}/${failure.code}`}>
            <code className={css['code']}>
              {table} {shortId(key)} {failure.code}
            </code>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Forks = () => {
  const node = useNode()
  const words = useHoodWords().storage
  const { value: forks } = useAnswer(() => node.inspect.forks(), [node])
  if (forks === undefined) return null
  return (
    <section>
      <Heading>{words.forks}</Heading>
      {forks.length === 0 && <p className={css['quiet']}>{words.noForks}</p>}
      <ul>
        {forks.map(({ publicKey, logId, seqNum, a, b }) => (
          <li key={`${a}/${b}`}>
            {words.fork(`${shortId(publicKey)} ${logId}`, String(seqNum))}{' '}
            <code className={css['code']}>
              {shortId(a)} {shortId(b)}
            </code>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Waiting = () => {
  const node = useNode()
  const words = useHoodWords().storage
  const { value: pending } = useAnswer(() => node.inspect.pending(pendingShown), [node])
  if (pending === undefined) return null
  return (
    <section>
      <Heading>{words.pending}</Heading>
      {pending.length === 0 && <p className={css['quiet']}>{words.noPending}</p>}
      <ul>
        {pending.map(({ id, awaits }) => (
          <li key={id}>
            <a href={path.hood('op', id)}>
              <code className={css['code']}>{shortId(id)}</code>
            </a>{' '}
            {words.waits(awaits)}
          </li>
        ))}
      </ul>
    </section>
  )
}
