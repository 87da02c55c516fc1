import type { SyncSummary } from '../../data/sync-summary.ts'
import { SyncIcon, syncWords } from '../../components/sync-pill.tsx'
import { classNames } from '../../components/class-names.ts'
import { usePeerName } from '../../data/peer-name.ts'
import { useSync } from '../../data/use-sync.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { Progress, Unfinished } from './progress.tsx'
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
        {summary.state === 'exchanging' ? <Progress /> : <Unfinished />}
      </div>
    </section>
  )
}

const Sentence = ({ summary }: { readonly summary: SyncSummary }) => {
  const { t, format } = useSpeech()
  const { peers, shared, waiting } = useSync()
  const nameOf = usePeerName()
  const say = t.sync.card
  if (summary.state === 'waiting') {
    const isGoing = waiting.things.every((thing) =>
      shared.some(
        ({ scope, collection }) =>
          scope.peers.length > 0 && collection?.versions.some(({ id }) => id === thing.schemaId) === true,
      ),
    )
    return <p>{isGoing ? say.waitingHere : say.waiting}</p>
  }
  if (summary.state !== 'same') return <p>{say[summary.state]}</p>
  const talking = new Set(shared.flatMap(({ scope }) => scope.peers.map(({ peer }) => peer)))
  const names = [...new Set(peers.filter(({ id }) => talking.has(id)).map(nameOf))]
  return <p>{say.same(format.list(names))}</p>
}
