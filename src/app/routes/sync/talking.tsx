import { Play, RotateCw, Server, X } from 'lucide-react'
import type { NodeInfo, PeerInfo } from '../../../sdk/index.ts'
import { useNode, useNodes } from '../../../sdk/react/index.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Row } from '../../components/rows.tsx'
import { Heading } from '../../components/screen.tsx'
import { Tile } from '../../components/tile.tsx'
import { nodeOfPeer } from '../../data/node-of-peer.ts'
import { hostOf } from '../../data/host-of.ts'
import { usePeerName } from '../../data/peer-name.ts'
import { type Present, usePresent } from '../../data/use-present.ts'
import { useSync } from '../../data/use-sync.tsx'
import { useNodeState } from '../../data/use-node-state.ts'
import { useMessages } from '../../messages/messages.tsx'
import { Panda } from '../../panda/panda.tsx'
import { toast } from '../../state/toasts.ts'
import { attempt, succeeds } from '../../state/trouble.ts'
import { Doing } from './doing.tsx'
import css from './sync.module.css'

/** Who is connected, and the nodes that are not. */
export const Talking = () => {
  const t = useMessages()
  const node = useNode()
  const { peers, nodes } = useSync()
  const { connecting } = useNodes()
  const here = usePresent()
  const away = nodes.filter((one) => !peers.some((peer) => nodeOfPeer([one], peer) !== undefined))
  const isAsked = connecting === 'asked' && away.some(({ isPaused }) => !isPaused)
  return (
    <section aria-labelledby="talking">
      <Heading id="talking">{t.sync.talking}</Heading>
      {peers.length === 0 && <p className={css.quiet}>{t.sync.nobody}</p>}
      <ul>
        {peers.map((peer) => (
          <PeerRow key={peer.id} peer={peer} present={here.find(({ publicKey }) => publicKey === peer.publicKey)} />
        ))}
        {here.flatMap((one) => (one.isConnected ? [] : [<HeardRow key={one.publicKey} present={one} />]))}
        {away.map((one) => (
          <AwayRow key={one.transportKey} node={one} />
        ))}
      </ul>
      {isAsked && (
        <Button
          icon={<RotateCw size={20} aria-hidden />}
          onClick={() => void attempt(t, () => node.sync.nodes.connectNow())}
        >
          {t.sync.connectNow}
        </Button>
      )}
    </section>
  )
}

const PeerRow = ({ peer, present }: { readonly peer: PeerInfo; readonly present: Present | undefined }) => {
  const t = useMessages()
  const say = t.sync
  const node = useNode()
  const { shared, nodes } = useSync()
  const name = usePeerName()(peer)
  const states = shared.flatMap(({ scope }) =>
    scope.peers.filter((one) => one.peer === peer.id).map(({ state }) => state),
  )
  const worst = (['unequal', 'transferring', 'comparing', 'live'] as const).find((state) => states.includes(state))
  const doing = peer.state !== 'ready' ? say.peer.handshake : worst === undefined ? say.peer.nothing : say.peer[worst]
  const isNode = nodeOfPeer(nodes, peer) !== undefined
  const end = async (): Promise<void> => {
    if (await succeeds(t, () => node.sync.disconnect(peer.id))) toast(say.stopped)
  }
  return (
    <Row
      isWhole
      picture={
        isNode || peer.publicKey === undefined ? (
          <Tile>
            <Server size={24} aria-hidden />
          </Tile>
        ) : (
          <Panda of={peer.publicKey} size={46} hasRing={worst === 'live'} />
        )
      }
      title={name}
      edge={
        <IconButton label={say.stopPeer(name)} onClick={() => void end()}>
          <X size={20} aria-hidden />
        </IconButton>
      }
    >
      {`${isNode ? '' : `${say.how[peer.medium]}. `}${doing}`} {present !== undefined && <Doing present={present} />}
    </Row>
  )
}

/** Somebody who is heard of through others, and not connected with this device. */
const HeardRow = ({ present }: { readonly present: Present }) => {
  const { here } = useMessages()
  const name = usePeerName()(present)
  return (
    <Row isWhole picture={<Panda of={present.publicKey} size={46} hasRing />} title={name}>
      {here.through} <Doing present={present} />
    </Row>
  )
}

const AwayRow = ({ node }: { readonly node: NodeInfo }) => {
  const t = useMessages()
  const { nodes } = useNode().sync
  const name = t.sync.node(hostOf(node.address))
  const stateOf = useNodeState()
  return (
    <Row
      picture={
        <Tile>
          <Server size={24} aria-hidden />
        </Tile>
      }
      title={name}
      edge={
        node.isPaused && (
          <IconButton
            label={t.sync.goOnWith(name)}
            onClick={() => void attempt(t, () => nodes.resume(node.transportKey))}
          >
            <Play size={20} aria-hidden />
          </IconButton>
        )
      }
    >
      {stateOf(node)}
    </Row>
  )
}
