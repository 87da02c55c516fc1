import { maxAddressCharacters } from '../limits.ts'
import { isNodeAddress } from './node-address.ts'

const stun = /^stuns?:(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::[1-9]\d{0,4})?$/i

/**
 * What an address of a server for meetings stands for: a Nostr `relay` (`wss://…`, `ws://…`), through which devices find each other, or a
 * `stun` server (`stun:host[:port]`), which tells a device the address that others see it under. `undefined`: neither.
 */
export const serverKind = (address: string): 'relay' | 'stun' | undefined => {
  if (isNodeAddress(address)) return 'relay'
  return address.length <= maxAddressCharacters && stun.test(address) ? 'stun' : undefined
}
