import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Empty, Heading } from '../../components/screen.tsx'
import { useHoodWords } from '../../messages/hood.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import type { LogInfo } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { EntryCard } from './entry-card.tsx'
import { GraphCard } from './graph-card.tsx'
import css from './hood.module.css'
import { LogCard } from './log-card.tsx'
import { entriesOfLog, readEntries } from './log-entries.ts'
import { shortId } from './operation-text.ts'
import { useAnswer } from '../../data/use-answer.ts'

const pageSize = 40

/** The logs of this device, and one of them opened: its entries, the chosen entry, the document it writes to. */
export const Logs = (chosen: {
  readonly publicKey: string | undefined
  readonly logId: string | undefined
  readonly seqNum: string | undefined
}) => {
  const node = useNode()
  const hood = useHoodWords()
  const t = hood.logs
  const { value: logs, error } = useAnswer(() => node.inspect.logs(), [node])
  if (error !== undefined) return <p role="alert">{hood.failed}</p>
  if (logs === undefined) return null
  const longest = logs.toSorted((a, b) => Number(b.seqNum - a.seqNum) || Number(b.logId - a.logId))
  const log =
    chosen.publicKey === undefined
      ? longest[0]
      : logs.find(({ publicKey, logId }) => publicKey === chosen.publicKey && String(logId) === chosen.logId)
  if (logs.length === 0) return <Empty title={t.none} />
  return (
    <>
      {log === undefined ? (
        <p role="status">{t.missing}</p>
      ) : (
        <OpenLog key={`${log.publicKey}/${log.logId}`} log={log} seqNum={chosen.seqNum} />
      )}
      <LogList logs={longest} />
    </>
  )
}

const OpenLog = ({ log, seqNum }: { readonly log: LogInfo; readonly seqNum: string | undefined }) => {
  const node = useNode()
  const t = useHoodWords().logs
  const { value } = useAnswer(() => node.inspect.entriesOf(log.documentId), [node, log.documentId])
  if (value === undefined) return <div className={css.card} aria-busy="true" />
  const entries = entriesOfLog(readEntries(value), log.publicKey, String(log.logId))
  const shown = entries.find(({ entry }) => String(entry.seqNum) === (seqNum ?? String(log.seqNum)))
  return (
    <>
      <LogCard log={log} entries={entries} chosen={shown?.entry.seqNum} />
      <div className={css.pair}>
        {shown === undefined ? <p role="status">{t.missing}</p> : <EntryCard key={shown.entry.hash} read={shown} />}
        <GraphCard documentId={log.documentId} chosen={shown?.entry.hash} />
      </div>
    </>
  )
}

const LogList = ({ logs }: { readonly logs: readonly LogInfo[] }) => {
  const words = useHoodWords()
  const { format } = useSpeech()
  const [count, setCount] = useState(pageSize)
  return (
    <section>
      <Heading>
        {words.logs.title} <span className={css.count}>{format.number(logs.length)}</span>
      </Heading>
      <p className={css.quiet}>{words.logs.text}</p>
      <ul className={css.list}>
        {logs.slice(0, count).map(({ publicKey, logId, seqNum }) => (
          <li key={`${publicKey}/${logId}`}>
            <a className={css.row} href={path.hood('log', publicKey, logId, seqNum)}>
              <span>{words.logs.log(String(logId))}</span>
              <code className={css.code}>{shortId(publicKey)}</code>
              <span className={css.end}>{words.logs.height(Number(seqNum))}</span>
            </a>
          </li>
        ))}
      </ul>
      {logs.length > count && <Button onClick={() => setCount(count + 10 * pageSize)}>{words.logs.more}</Button>}
    </section>
  )
}
