import type { NodeInfo, PeerInfo, SessionInfo } from '../../sdk/index.ts'
import { nodeOfPeer } from './node-of-peer.ts'

const isUnderWay = ({ state }: SessionInfo): boolean => state === 'transferring' || state === 'comparing'

/** What is on its way in all sessions: entries and bytes that came and went, and logs that were asked for and are still to come. */
export interface Transfer {
  readonly came: number
  readonly went: number
  readonly awaited: number
  readonly bytesIn: number
  readonly bytesOut: number
}

export const transferOf = (sessions: readonly SessionInfo[]): Transfer => {
  const open = sessions.filter(isUnderWay)
  const sum = (of: (session: SessionInfo) => number): number => open.reduce((all, one) => all + of(one), 0)
  return {
    came: sum((one) => one.entriesIn),
    went: sum((one) => one.entriesOut),
    awaited: sum((one) => one.logsAwaited),
    bytesIn: sum((one) => one.bytesIn),
    bytesOut: sum((one) => one.bytesOut),
  }
}

/** Connections on which something is on its way. */
export const busyPeers = (peers: readonly PeerInfo[], sessions: readonly SessionInfo[]): readonly PeerInfo[] =>
  peers.filter(({ id }) => sessions.some((session) => session.peer === id && isUnderWay(session)))

/**
 * Whether a session can say how its scope stands: it goes on, or was cut, or came to its end. One that made room for another says nothing, nor does
 * one that was cut before it knew what is missing.
 */
const isTelling = ({ state, logsAwaited, timeline }: SessionInfo): boolean =>
  state !== 'ended' || logsAwaited > 0 || timeline.some(({ type }) => type === 'SyncDone')

/** Sessions that ended before everything that they had asked for came, where no later one of their scope went on or came to its end. */
export const cutShort = (sessions: readonly SessionInfo[]): readonly SessionInfo[] => {
  const last = new Map<string, SessionInfo>()
  for (const session of sessions.filter(isTelling).toSorted((a, b) => a.since - b.since))
    last.set(session.scope, session)
  return [...last.values()].filter(({ state, logsAwaited }) => state === 'ended' && logsAwaited > 0)
}

/** Nodes that were paused in the middle of something: they can go on where it was. @param peers also those that are closed */
export const pausedMidway = (
  nodes: readonly NodeInfo[],
  peers: readonly PeerInfo[],
  sessions: readonly SessionInfo[],
): readonly NodeInfo[] => {
  const cut = new Set(cutShort(sessions).map(({ peer }) => peer))
  const theirs = peers.flatMap((peer) => (cut.has(peer.id) ? [nodeOfPeer(nodes, peer)] : []))
  return nodes.filter((node) => node.isPaused && theirs.includes(node))
}
