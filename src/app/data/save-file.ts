import type { ExportReport, ExportScope, TakibiNode } from '../../sdk/index.ts'

/** A name a file system takes, with the day. */
export const fileNameFor = (name: string, today = new Date()): string => {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
  return `${plain === '' ? 'takibi' : plain}-${day.map((part) => String(part).padStart(2, '0')).join('-')}.takibi`
}

/** Hands a finished file to the browser, which saves it where it saves downloads. */
export const download = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not at once: Safari still reads it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/**
 * Writes a bundle into a file for the person to keep. The pieces go into a `Blob` bit by bit, which browsers keep on disk when it grows.
 *
 * @throws P2pandaError `call/aborted`, `store/…`
 */
export const exportFile = async (
  node: TakibiNode,
  scope: ExportScope,
  name: string,
  options: { readonly signal?: AbortSignal; readonly onBytes?: (bytes: number) => void } = {},
): Promise<{ readonly bytes: number; readonly startedAt: number; readonly report: ExportReport | undefined }> => {
  const startedAt = Date.now()
  const { signal, onBytes } = options
  let report: ExportReport | undefined
  const pieces = await node.export(scope, {
    ...(signal === undefined ? {} : { signal }),
    onReport: (told) => {
      report = told
    },
  })
  let bytes = 0
  let file = new Blob([])
  let waiting: Uint8Array<ArrayBuffer>[] = []
  let waitingBytes = 0
  for await (const piece of pieces) {
    waiting.push(new Uint8Array(piece))
    waitingBytes += piece.length
    bytes += piece.length
    if (waitingBytes > 4_000_000) {
      file = new Blob([file, ...waiting])
      waiting = []
      waitingBytes = 0
      onBytes?.(bytes)
    }
  }
  download(new Blob([file, ...waiting], { type: 'application/octet-stream' }), name)
  return { bytes, startedAt, report }
}
