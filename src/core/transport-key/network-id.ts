import type { Brand } from '../brand.ts'

/** The network identifier of a Secret Handshake (K), 32 bytes, as 64 lowercase hex characters. Peers of different networks never meet. */
export type NetworkId = Brand<string, 'NetworkId'>

/** Takibi's network: BLAKE3 of the text `takibi/network/1` (sync.md §2). Public, so it separates networks and keeps nobody out. */
export const takibiNetworkId = '976b925e80efdd0a30c3516df2dff2b7148987881cd6c5a2670c87989f0fdbcd' as NetworkId
