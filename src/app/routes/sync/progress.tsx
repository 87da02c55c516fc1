import { Play, Square } from 'lucide-react'
import { useNode, usePeers, useSessions } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import barCss from '../../components/import-file.module.css'
import { busyPeers, cutShort, pausedMidway, transferOf } from '../../data/first-sync.ts'
import { nodeOfPeer } from '../../data/node-of-peer.ts'
import { useSync } from '../../data/use-sync.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { toast } from '../../state/toasts.ts'
import { attempt, succeeds } from '../../state/trouble.ts'
import css from './sync.module.css'

/** How far everything is that is on its way, and the way to stop it. */
export const Progress = () => {
  const { t, format } = useSpeech()
  const node = useNode()
  const { peers, nodes } = useSync()
  const { sessions } = useSessions()
  const { came, went, awaited, bytesIn, bytesOut } = transferOf(sessions)
  const lines = [
    ...(came > 0 || awaited > 0 ? [t.sync.incoming(came, awaited)] : []),
    ...(went > 0 ? [t.sync.outgoing(went)] : []),
    t.sync.bytes(format.bytes(bytesIn), format.bytes(bytesOut)),
  ]
  /** A node would be dialled again at once, so it is paused. */
  const stop = async (): Promise<void> => {
    const isStopped = await succeeds(t, async () => {
      for (const peer of busyPeers(peers, sessions)) {
        const known = nodeOfPeer(nodes, peer)
        if (known === undefined) await node.sync.disconnect(peer.id)
        else await node.sync.nodes.pause(known.transportKey)
      }
    })
    if (isStopped) toast(t.sync.first.stopped)
  }
  return (
    <>
      {came + awaited > 0 && (
        <progress className={barCss.bar} max={came + awaited} value={came} aria-label={t.sync.progress} />
      )}
      <p className={css.small}>{lines.join(' · ')}</p>
      {awaited > 0 && (
        <div className={css.cardActions}>
          <Button tone="outline" icon={<Square size={18} aria-hidden />} onClick={() => void stop()}>
            {t.sync.first.stop}
          </Button>
        </div>
      )}
    </>
  )
}

/** Something was stopped before its end: how much was still to come, and the way to go on. Nothing where nothing was. */
export const Unfinished = () => {
  const { t } = useSpeech()
  const node = useNode()
  const { nodes } = useSync()
  const { peers } = usePeers()
  const { sessions } = useSessions()
  const awaited = cutShort(sessions).reduce((all, { logsAwaited }) => all + logsAwaited, 0)
  if (awaited === 0) return null
  const paused = pausedMidway(nodes, peers, sessions)
  const goOn = (): Promise<unknown> =>
    attempt(t, async () => {
      for (const { transportKey } of paused) await node.sync.nodes.resume(transportKey)
    })
  return (
    <>
      <p>{t.sync.first.unfinished(awaited)}</p>
      {paused.length > 0 && (
        <div className={css.cardActions}>
          <Button tone="outline" icon={<Play size={18} aria-hidden />} onClick={() => void goOn()}>
            {t.sync.first.goOn}
          </Button>
        </div>
      )}
    </>
  )
}
