import { useCallback, useEffect, useRef, useState } from 'react'
import type { DocumentId, TakibiNode } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'
import type { Messages } from '../messages/messages.tsx'
import { attempt } from '../state/trouble.ts'

/** A file on its way into the store. */
export interface Upload {
  readonly key: number
  readonly name: string
  readonly size: number
  readonly bytes: number
  /** Of a picture that can be shown at once. */
  readonly preview: string | undefined
  readonly cancel: () => void
}

/** Pictures larger than this are kept as files: to clean one, all of it has to be in memory. */
const largestPicture = 60_000_000
const mediaType = /^[a-z-]{1,12}\/(?:[a-z0-9]{1,18}[.+|-]){0,6}[a-z0-9]{1,16}$/

/** The type without parameters, as `blob_v1` takes it. */
const typeOf = (file: Blob): string => {
  const type = (file.type.split(';', 1)[0] ?? '').trim().toLowerCase()
  return mediaType.test(type) ? type : 'application/octet-stream'
}

let lastKey = 0

/** A photo is stored without what the camera wrote into it. One that this browser cannot decode is kept as it is: `isPlain`. */
const cleaned = async (node: TakibiNode, file: Blob): Promise<{ readonly file: Blob; readonly isPlain: boolean }> => {
  if (file.size > largestPicture) return { file, isPlain: true }
  const clean = await node.blobs.cleanPicture(file)
  return clean === undefined ? { file, isPlain: true } : { file: clean, isPlain: false }
}

/**
 * Puts picked files into the store, one after the other, with progress and cancel.
 *
 * @param onStored a file's blob, as soon as it is stored
 * @param onPlain a picture was kept as it came, with all that is in it
 */
export const useUploads = (
  t: Messages,
  onStored: (blob: DocumentId) => void,
  onPlain: (name: string) => void,
): { readonly uploads: readonly Upload[]; readonly add: (files: readonly File[], arePictures: boolean) => void } => {
  const node = useNode()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const tell = useRef({ onStored, onPlain })
  useEffect(() => {
    tell.current = { onStored, onPlain }
  })
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const running = useRef(new Set<AbortController>())
  useEffect(() => {
    const all = running.current
    return () => {
      for (const controller of all) controller.abort()
    }
  }, [])

  const store = useCallback(
    async (file: File, key: number, isPicture: boolean, signal: AbortSignal): Promise<void> => {
      const ready = isPicture ? await cleaned(node, file) : { file, isPlain: false }
      if (signal.aborted) return
      const blob = await node.blobs.put(ready.file, {
        mimeType: typeOf(ready.file),
        length: ready.file.size,
        signal,
        onProgress: (bytes) =>
          setUploads((now) => now.map((upload) => (upload.key === key ? { ...upload, bytes } : upload))),
      })
      tell.current.onStored(blob)
      if (ready.isPlain) tell.current.onPlain(file.name)
    },
    [node],
  )

  const add = useCallback(
    (files: readonly File[], arePictures: boolean): void => {
      for (const file of files) {
        lastKey += 1
        const key = lastKey
        const controller = new AbortController()
        running.current.add(controller)
        const preview = arePictures ? URL.createObjectURL(file) : undefined
        const { name, size } = file
        setUploads((now) => [...now, { key, name, size, bytes: 0, preview, cancel: () => controller.abort() }])
        const work = async (): Promise<void> => {
          if (!controller.signal.aborted) await attempt(t, () => store(file, key, arePictures, controller.signal))
          running.current.delete(controller)
          setUploads((now) => now.filter((upload) => upload.key !== key))
          if (preview !== undefined) URL.revokeObjectURL(preview)
        }
        line.current = line.current.then(work)
      }
    },
    [store, t],
  )
  return { uploads, add }
}
