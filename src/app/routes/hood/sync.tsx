import type { PeerInfo, SessionInfo } from '../../../sdk/index.ts'
import { P2pandaError } from '../../../sdk/index.ts'
import { useNode, usePeers, useSessions } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Empty, Heading } from '../../components/screen.tsx'
import { usePeerName } from '../../data/peer-name.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { attempt } from '../../state/trouble.ts'
import { Heads } from './heads.tsx'
import css from './hood.module.css'
import { shortId } from './operation-text.ts'

/** Connections and what was said on them, since this tab was opened; the newest first. */
export const Sync = () => {
  const { t } = useSpeech()
  const { status, peers } = usePeers()
  const { sessions } = useSessions()
  if (status === 'loading') return null
  if (peers.length === 0)
    return (
      <>
        <Empty title={t.sync.hood.none} />
        <Heads />
      </>
    )
  return (
    <>
      <p className={css.quiet}>{t.sync.hood.sessionsText}</p>
      {peers
        .map((peer, at) => ({ peer, number: at + 1 }))
        .toReversed()
        .map(({ peer, number }) => (
          <Connection
            key={peer.id}
            number={number}
            peer={peer}
            sessions={sessions.filter((session) => session.peer === peer.id)}
          />
        ))}
      <Heads />
    </>
  )
}

const Connection = ({
  number,
  peer,
  sessions,
}: {
  /** Counted from 1: the connection's own is unlike in all tabs, and long. */
  readonly number: number
  readonly peer: PeerInfo
  readonly sessions: readonly SessionInfo[]
}) => {
  const { t, format } = useSpeech()
  const say = t.sync.hood
  const node = useNode()
  const name = usePeerName()(peer)
  const facts: readonly (readonly [string, string])[] = [
    [say.medium, `${peer.medium}, ${peer.isDialled ? say.dialled : say.answered}, ${format.time(peer.since)}`],
    [say.state, say.states[peer.state]],
    [say.traffic, `${format.number(peer.bytesIn)}, ${format.number(peer.bytesOut)}`],
    ...(peer.agent === undefined ? [] : [[say.agent, peer.agent] as const]),
    ...(peer.publicKey === undefined ? [] : [[say.publicKey, peer.publicKey] as const]),
    ...(peer.transportKey === undefined ? [] : [[say.transport, peer.transportKey] as const]),
    ...(peer.closedAt === undefined
      ? []
      : [[say.ended, `${format.time(peer.closedAt)}: ${reasonOf(peer) ?? say.goodbye}`] as const]),
  ]
  return (
    <section className={css.card} aria-labelledby={`connection-${peer.id}`}>
      <div className={css.cardHead}>
        <h2 className={css.cardTitle} id={`connection-${peer.id}`}>
          {say.connection(number)}
        </h2>
        <span>{name}</span>
        {peer.state !== 'closed' && (
          <Button className={css.end} onClick={() => void attempt(t, () => node.sync.disconnect(peer.id))}>
            {say.disconnect}
          </Button>
        )}
      </div>
      <dl className={css.facts}>
        {facts.map(([term, fact]) => (
          <div key={term} className={css.fact}>
            <dt>{term}</dt>
            <dd dir="auto">{fact}</dd>
          </div>
        ))}
      </dl>
      {sessions.length > 0 && (
        <div>
          <Heading>{say.sessions}</Heading>
          {sessions.map((session) => (
            <Session key={session.session} session={session} />
          ))}
        </div>
      )}
    </section>
  )
}

/** The failure by its code and its sentence. */
const reasonOf = ({ failure }: PeerInfo): string | undefined =>
  failure === undefined ? undefined : new P2pandaError(failure).message

const Session = ({ session }: { readonly session: SessionInfo }) => {
  const { t, format } = useSpeech()
  const say = t.sync.hood
  const numbers = [
    `${session.scope.split(':')[0] ?? ''}:${shortId(session.scope.slice(session.scope.indexOf(':') + 1))}`,
    say.states[session.state],
    say.modes[session.mode],
    `${say.entries}: ${format.number(session.entriesIn)}, ${format.number(session.entriesOut)}`,
    `${say.traffic}: ${format.number(session.bytesIn)}, ${format.number(session.bytesOut)}`,
    ...(session.logsAwaited > 0 ? [say.awaited(session.logsAwaited)] : []),
  ]
  return (
    <details className={css.session}>
      <summary>
        <code className={css.code}>{numbers.join(' · ')}</code>
      </summary>
      <p className={css.quiet}>{say.timeline(session.timeline.length)}</p>
      <div className={css.tableFrame} tabIndex={0} role="region" aria-label={say.timeline(session.timeline.length)}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{say.time}</th>
              <th scope="col">{say.direction}</th>
              <th scope="col">{say.message}</th>
              <th scope="col">{say.size}</th>
            </tr>
          </thead>
          <tbody>
            {session.timeline.map((item, at) => (
              // Messages are only ever added at the end, and fall off at the beginning.
              <tr key={`${item.at}/${at}`}>
                <td className={css.number}>{timeOf(item.at)}</td>
                <td>{item.direction === 'in' ? `↓ ${say.in}` : `↑ ${say.out}`}</td>
                <td>
                  <code>{item.type}</code>
                </td>
                <td className={css.number}>{format.number(item.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

/** To the millisecond: messages come close together. */
const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 23)
