import { useEffect, useState } from 'react'
import type { BlobInfo, TakibiNode } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'
import { download } from '../data/save-file.ts'

/** `undefined` while asking; `null`: not on this device. */
export const useBlobInfo = (blob: string): BlobInfo | null | undefined => {
  const node = useNode()
  const [info, setInfo] = useState<BlobInfo | null>()
  useEffect(() => {
    let isCurrent = true
    const put = (found: BlobInfo | undefined): void => {
      if (isCurrent) setInfo(found ?? null)
    }
    void node.blobs.info(blob).then(put, () => put(undefined))
    return () => {
      isCurrent = false
    }
  }, [node, blob])
  return info
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'text/plain': 'txt',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/octet-stream': 'bin',
}
/** What files of a type are called: `pdf`, `jpg`, `docx`. A blob has no name of its own, only its type. */
export const endingOf = (mimeType: string): string =>
  endings[mimeType] ?? mimeType.split('/')[1]?.split(/[.+-]/).at(-1) ?? 'bin'

/** Types a tab may show without running what is in them. */
const isSafeToOpen = (mimeType: string): boolean =>
  /^(image\/(png|jpeg|gif|webp|avif)|audio\/|video\/|application\/pdf$|text\/plain$)/.test(mimeType)
export const canOpen = isSafeToOpen

/** Shows a file in a tab of its own; asks the browser to save it where a tab should not show it. */
export const openFile = async (node: TakibiNode, blob: string, name: string): Promise<void> => {
  const file = await node.blobs.file(blob)
  if (!isSafeToOpen(file.type)) {
    download(file, name)
    return
  }
  const url = URL.createObjectURL(file)
  const tab = window.open(url, '_blank', 'noopener')
  // With `noopener` the answer is always null; where the browser forbids tabs, nothing opens and saving still works.
  void tab
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export const saveFile = async (node: TakibiNode, blob: string, name: string): Promise<void> =>
  download(await node.blobs.file(blob), name)
