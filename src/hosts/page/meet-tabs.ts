import type { Result } from '../../core/result.ts'
import type { CodeFailure, CodeKind } from './code-kind.ts'

/**
 * A code that comes as a link opens a tab of its own, while the connection it belongs to lives in the tab that showed our code. The new tab
 * passes it on and is done.
 */
interface Question {
  readonly ask: string
  readonly code: string
}
interface Answer {
  readonly answer: string
  readonly taken: Result<undefined, CodeFailure>
}

type Route = CodeKind['route']
const channelName = (database: string, route: Route): string => `takibi/${database}/${route}`

/** Long enough for a tab that the browser has put to sleep, short enough to wait for. */
const answerMs = 1_000

/** Takes codes from other tabs as long as a meeting lasts. Returns the function that ends it. */
export function listenForCodes(
  database: string,
  route: Route,
  take: (code: string) => Result<undefined, CodeFailure>,
): () => void {
  const channel = new BroadcastChannel(channelName(database, route))
  channel.addEventListener('message', ({ data }: MessageEvent<Question | Answer>) => {
    if ('ask' in data) channel.postMessage({ answer: data.ask, taken: take(data.code) } satisfies Answer)
  })
  return () => channel.close()
}

/** Passes a code to the tab that has a meeting. Resolves with what that tab says of it, or `undefined` when there is none. */
export function passCodeOn(
  database: string,
  route: Route,
  code: string,
): Promise<Result<undefined, CodeFailure> | undefined> {
  const channel = new BroadcastChannel(channelName(database, route))
  const question: Question = { ask: crypto.randomUUID(), code }
  return new Promise<Result<undefined, CodeFailure> | undefined>((resolve) => {
    channel.addEventListener('message', ({ data }: MessageEvent<Question | Answer>) => {
      if ('answer' in data && data.answer === question.ask) resolve(data.taken)
    })
    channel.postMessage(question)
    setTimeout(() => resolve(undefined), answerMs)
  }).finally(() => channel.close())
}
