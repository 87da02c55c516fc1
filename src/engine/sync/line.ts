/**
 * What speaks with peers: handshake, box stream, sessions, seals. Nothing that is read or written here needs it, so an engine loads it with
 * its first connection.
 */
export { openSecureChannel } from '../secure-channel.ts'
export { runConnection } from './connection.ts'
export { openPresence, sealPresence } from './presence.ts'
