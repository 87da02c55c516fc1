import { webLog } from '../../adapters/web/web-log.ts'
import type { DirectApi, DirectNews } from '../direct/api.ts'
import type { LineOptions } from './rtc-line.ts'
import type { KeptDirectLinks } from './direct-links.ts'

/** Connects directly with devices that the engine hears of; what that takes is loaded when it hears of the first. */
export function followDirect(api: DirectApi, ports: LineOptions, signal: AbortSignal): void {
  // Where a browser has no WebRTC nobody is told that this device can be met.
  if (!('RTCPeerConnection' in globalThis)) return
  let kept: Promise<KeptDirectLinks> | undefined
  const follow = async (news: DirectNews): Promise<void> => {
    if (news.say === 'off' && !kept) return
    kept ??= import('./direct-links.ts').then(({ keepDirectLinks }) => keepDirectLinks(ports, news.own, api.sendSignal))
    const links = await kept
    if (!signal.aborted) links.take(news)
  }
  const report = (news: DirectNews): void =>
    void follow(news).catch((thrown: unknown) => webLog.warn('Nobody can be met directly', { thrown }))
  const end = (): void => void kept?.then((links) => links.close()).catch(() => undefined)
  // The engine may be gone, and with it all that is connected.
  api.watchDirect({ signal, report }).then(end, end)
}
