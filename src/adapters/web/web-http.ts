import type { Http } from '../../ports/http.ts'

/** Bytes of an answer: what fifty entries or fifty questions are answered with is a tenth of it. */
const maxAnswerBytes = 1024 * 1024

/** The text of an answer; empty where it is longer than anybody needs. */
async function readText({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  const pieces: string[] = []
  const decoder = new TextDecoder()
  for (let bytes = 0; ;) {
    const step = await reader?.read()
    if (!step || step.done) return pieces.join('')
    bytes += step.value.length
    if (bytes > maxAnswerBytes) {
      await reader?.cancel()
      return ''
    }
    pieces.push(decoder.decode(step.value, { stream: true }))
  }
}

const retryAfterMs = (response: Response): number | undefined => {
  const seconds = Number(response.headers.get('retry-after') ?? NaN)
  return seconds >= 0 && seconds <= 24 * 60 * 60 ? seconds * 1_000 : undefined
}

/** `fetch`, in pages, workers and Node.js. */
export const webHttp: Http = {
  post: async (url, json, signal) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: json,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      cache: 'no-store',
      signal,
    })
    const after = retryAfterMs(response)
    const text = await readText(response)
    return { status: response.status, text, ...(after !== undefined && { retryAfterMs: after }) }
  },
}
