import type { PeerInfo } from '../../src/sdk/index.ts'

/** A public key, by one digit. */
export const key = (digit: string) => digit.repeat(64) as NonNullable<PeerInfo['publicKey']>

/** A connection that stands. */
export const peer = (id: number, more: Partial<PeerInfo> = {}): PeerInfo => ({
  id,
  medium: 'webrtc',
  isDialled: true,
  state: 'ready',
  publicKey: key(String(id)),
  transportKey: key(String(id + 4)),
  bytesIn: 0,
  bytesOut: 0,
  since: 0,
  ...more,
})
