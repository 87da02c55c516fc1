/** What tests/interop/shs-peer.mjs is made of: it bundles this file on first use. */
export { memoryTransportKey } from '../../src/adapters/memory/memory-transport-key.ts'
export { webClock } from '../../src/adapters/web/web-clock.ts'
export { bytesToHex, hexToBytes, isHex } from '../../src/core/bytes/hex.ts'
export { publicKeyOf } from '../../src/core/entry/sign.ts'
export { openSecureChannel } from '../../src/engine/secure-channel.ts'
export { shakeHands } from '../../src/engine/shake-hands.ts'
