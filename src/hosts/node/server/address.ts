import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/** The first 64 bits: one household or machine has all the addresses behind them. */
function networkOf(address: string): string {
  const [before = '', after] = address.split('%')[0]!.split('::')
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const groups = [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0'), ...tail]
  return groups
    .slice(0, 4)
    .map((group) => group.padStart(4, '0'))
    .join(':')
}

/**
 * Whom limits count a request for. Behind a proxy of the operator's own that is who the proxy says came; else what a caller writes into a header
 * counts for nothing.
 */
export function addressOf(request: IncomingMessage, isBehindProxy: boolean): string {
  const forwarded = isBehindProxy
    ? String(request.headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined
  const address = (forwarded || request.socket.remoteAddress || 'unknown').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIPv6(address.split('%')[0]!) ? networkOf(address) : address
}
