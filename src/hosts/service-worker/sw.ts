import '../polyfill.ts'
import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { Router } from 'workbox-routing'
import { headerPolicy } from '../csp.ts'
import { type DrainPlease, databaseOf, isDrainPlease } from '../outbox-messages.ts'
import { drainDatabase, isKnown } from './drain.ts'

/** The build writes the list of its files here. */
declare const self: ServiceWorkerGlobalScope & {
  readonly precacheList: readonly { readonly url: string; readonly revision: string | null }[]
}

/** Workers obey the policy their script came with, so it goes on every response. */
const guarded = (response: Response): Response => {
  // Redirects and errors have no body that could be wrapped, and run nothing.
  if (response.type === 'opaqueredirect' || response.status === 0) return response
  const { status, statusText, body } = response
  const headers = new Headers(response.headers)
  headers.set('Content-Security-Policy', headerPolicy)
  return new Response(body, { status, statusText, headers })
}

const precache = new PrecacheController({
  plugins: [{ handlerWillRespond: ({ response }) => Promise.resolve(guarded(response)) }],
})
precache.addToCacheList([...self.precacheList])

const router = new Router()
// All routes of the app are behind the `#`, so `index.html` answers every deep link; what stands behind a `?` changes no file.
router.registerRoute(new PrecacheRoute(precache, { ignoreURLParametersMatching: [/./] }))
// Pieces of the version before this one, for tabs that still run it; and whatever else lies on this host.
router.setDefaultHandler(async ({ request }) => guarded((await caches.match(request)) ?? (await fetch(request))))

self.addEventListener('install', (event) => {
  event.waitUntil(precache.install(event))
})

const takeOver = async (event: ExtendableEvent): Promise<void> => {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  // With several tabs open, one of them may still load pieces of the old version: they stay until the next change of version.
  if (pages.length <= 1) await precache.activate(event)
  await self.clients.claim()
}
self.addEventListener('activate', (event) => event.waitUntil(takeOver(event)))

self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin !== self.location.origin) return
  const response = router.handleRequest({ event, request: event.request })
  if (response) event.respondWith(response)
})

// The one way to the newer version: its person clicked.
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if (event.data?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting())
})

/** Not in TypeScript's library: Chromium only. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}
/** The browser says when there is a network. An event that fails comes again, a few times. */
const onSync = (event: Event): void => {
  const { tag } = event as SyncEvent
  const database = databaseOf(tag)
  if (database === undefined) return
  ;(event as SyncEvent).waitUntil(drainOrFail(database))
}
async function drainOrFail(database: string): Promise<void> {
  const { isLate } = await drainDatabase(database, 'woken')
  if (isLate) throw new Error('Some of what was written waits for a node that does not answer')
}
self.addEventListener('sync', onSync)
self.addEventListener('periodicsync', onSync)

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const please: unknown = event.data
  if (isDrainPlease(please)) event.waitUntil(answerAndDrain(please, event.ports[0]))
})
async function answerAndDrain({ database, reason }: DrainPlease, port: MessagePort | undefined): Promise<void> {
  const willDo = await isKnown(database)
  port?.postMessage(willDo)
  if (willDo) await drainDatabase(database, reason)
}
