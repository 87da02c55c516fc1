import type { SyncSummary } from '../../data/sync-summary.ts'
import { SyncIcon, syncWords } from '../../components/sync-pill.tsx'
import { classNames } from '../../components/class-names.ts'
import barCss from '../../components/import-file.module.css'
import { usePeerName } from '../../data/peer-name.ts'
import { useSync } from '../../data/use-sync.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { useSessions } from '../../../sdk/react/index.ts'
import css from './sync.module.css'

/** The state of everything in one sentence, and of a long exchange how far it is. */
export const StateCard = () => {
  const { t } = useSpeech()
  const { summary } = useSync()
  const words = syncWords(summary, t)
  return (
    <section className={classNames(css.card, css[summary.state])} aria-label={t.sync.title}>
      <SyncIcon summary={summary} size={28} />
      <div className={css.cardWords}>
        <p className={css.state} role="status">
          {words}
        </p>
        <Sentence summary={summary} />
        {summary.state === 'exchanging' && <Progress />}
      </div>
    </section>
  )
}

const Sentence = ({ summary }: { readonly summary: SyncSummary }) => {
  const { t, format } = useSpeech()
  const { peers, shared } = useSync()
  const nameOf = usePeerName()
  const say = t.sync.card
  if (summary.state === 'waiting')
    return <p>{shared.some(({ scope }) => scope.peers.length > 0) ? say.waitingHere : say.waiting}</p>
  if (summary.state !== 'same') return <p>{say[summary.state]}</p>
  const talking = new Set(shared.flatMap(({ scope }) => scope.peers.map(({ peer }) => peer)))
  const names = [...new Set(peers.filter(({ id }) => talking.has(id)).map(nameOf))]
  return <p>{say.same(format.list(names))}</p>
}

/** Of all sessions that are under way. */
const Progress = () => {
  const { t, format } = useSpeech()
  const { sessions } = useSessions()
  const open = sessions.filter(({ state }) => state === 'transferring' || state === 'comparing')
  const sum = (of: (session: (typeof open)[number]) => number): number => open.reduce((all, one) => all + of(one), 0)
  const [came, went, awaited] = [
    sum((one) => one.entriesIn),
    sum((one) => one.entriesOut),
    sum((one) => one.logsAwaited),
  ]
  const lines = [
    ...(came > 0 || awaited > 0 ? [t.sync.incoming(came, awaited)] : []),
    ...(went > 0 ? [t.sync.outgoing(went)] : []),
    t.sync.bytes(format.bytes(sum((one) => one.bytesIn)), format.bytes(sum((one) => one.bytesOut))),
  ]
  return (
    <>
      {came + awaited > 0 && (
        <progress className={barCss.bar} max={came + awaited} value={came} aria-label={t.sync.progress} />
      )}
      <p className={css.small}>{lines.join(' · ')}</p>
    </>
  )
}
