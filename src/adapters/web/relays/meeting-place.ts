import { createTopicStrategy, type JsonValue, type Room, strToNum } from '@trystero-p2p/core'
import { createEvent } from 'trystero'
import type { MeetingRoom } from '../../../core/meeting/room.ts'
import type { Clock } from '../../../ports/index.ts'
import { type NostrRelay, nostrRelay, type TextSocket } from './nostr-relay.ts'

/** Somebody who was found in a room, and the connection to them, which is trystero's: it may be used, not closed. */
export interface Guest {
  /** Names the guest in this room. */
  readonly id: string
  readonly connection: RTCPeerConnection
  /** What the two said to each other before (`greeting`). Hostile, as everything from there. */
  readonly greeting: JsonValue
  /** The side that begins. Each of the two knows the other as the opposite. */
  readonly isFirst: boolean
}

export interface RoomListener {
  /** What to say to whoever is found, first. */
  readonly greeting: JsonValue
  readonly onFound: (guest: Guest) => void
  readonly onLost: (id: string) => void
  /** A guest said a word over the connection itself. Hostile. */
  readonly onWord: (id: string, word: JsonValue) => void
}

/** A room that was entered. */
export interface EnteredRoom {
  readonly say: (id: string, word: JsonValue) => void
  readonly leave: () => void
}

/** A set of relays, where rooms can be entered. */
export interface MeetingPlace {
  readonly enter: (room: MeetingRoom, listener: RoomListener) => EnteredRoom
  /** Ends the lines to all relays. Leave the rooms before. */
  readonly close: () => void
}

export interface PlaceOptions {
  /** Nostr relays: `wss://…`. */
  readonly relays: readonly string[]
  /** Servers that tell a browser its address: `stun:…`. */
  readonly stun: readonly string[]
  readonly connect: (relay: string) => TextSocket
  readonly clock: Clock
  /** Told after every change: the relays that there is a line to now. */
  readonly onReached: (relays: readonly string[]) => void
}

/** How often this device says in a room that it is there; who comes later hears it then at the latest. */
const announceMs = 60_000
/** Announcements are ephemeral events: relays pass them on and keep none. The kinds are those of trystero's own events. */
const kindOf = (topic: string): number => 20_000 + strToNum(topic, 10_000)
/** Of all rooms: what tells them apart is the name, which stands where trystero has the app's. */
const roomId = 'takibi'
/** The one action of ours over trystero's channel. */
const wordAction = 'word'

/**
 * Finds the others of a room through Nostr relays, by trystero: each says that it is there, and they exchange offers and answers of WebRTC,
 * sealed under the room's password (AES-GCM). Its own list of relays and of STUN servers is never used, and its lines to relays are ours,
 * so that they end when nobody wants them any more.
 */
export function meetingPlace({ relays, stun, connect, clock, onReached }: PlaceOptions): MeetingPlace {
  const reached = new Set<string>()
  const lineTo = (relay: string): NostrRelay =>
    nostrRelay({
      connect: () => connect(relay),
      kindOf,
      clock,
      onLine: (isOpen) => {
        if (isOpen) reached.add(relay)
        else reached.delete(relay)
        onReached([...reached])
      },
    })
  const lines = relays.map(lineTo)
  const joinRoom = createTopicStrategy<NostrRelay>({
    init: () => [...lines],
    subscribeTopic: (line, topic, onMessage) => line.listen(topic, (content) => void onMessage(topic, content)),
    publishTopic: async (line, topic, message, { kind }) => {
      if (kind === 'announce' && !(await line.opened())) return { stopAnnouncing: true }
      line.publish(await createEvent(topic, typeof message === 'string' ? message : JSON.stringify(message)))
      return { nextAnnounceMs: announceMs, reannounceOnDisconnect: true }
    },
  })

  return {
    enter: ({ name, password }, { greeting, onFound, onLost, onWord }) => {
      const greetings = new Map<string, { readonly greeting: JsonValue; readonly isFirst: boolean }>()
      const room: Room = joinRoom(
        {
          appId: name,
          password,
          rtcConfig: { iceServers: stun.map((urls) => ({ urls })) },
          relayConfig: { manualReconnection: true, warnOnRelayFailure: false },
        },
        roomId,
        {
          onPeerHandshake: async (id, send, receive, isFirst) => {
            await send(greeting)
            const { data } = await receive()
            greetings.set(id, { greeting: data as JsonValue, isFirst })
          },
        },
      )
      const words = room.makeAction<JsonValue>(wordAction, {
        onMessage: (word, { peerId }) => onWord(peerId, word),
      })
      room.onPeerJoin = (id) => {
        const connection = room.getPeers()[id]
        const greeted = greetings.get(id)
        if (connection && greeted) onFound({ id, connection, ...greeted })
      }
      room.onPeerLeave = (id) => {
        greetings.delete(id)
        onLost(id)
      }
      return {
        // A guest who went meanwhile need not hear it.
        say: (id, word) => void words.send(word, { target: id }).catch(() => undefined),
        leave: () => void room.leave().catch(() => undefined),
      }
    },
    close: () => {
      for (const line of lines) line.close()
    },
  }
}
