import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { IconButton } from '../../components/button.tsx'
import { endingOf, saveFile } from '../../fields/blob-info.ts'
import { useMessages } from '../../messages/messages.tsx'
import { attempt } from '../../state/trouble.ts'
import css from './lightbox.module.css'

/** Pixels a finger must move sideways to turn the page. */
const swipe = 48

/** Photos one at a time, as large as the window. Arrow keys and swipes turn them; Escape closes. */
export const Lightbox = ({
  blobs,
  start,
  onClose,
}: {
  readonly blobs: readonly string[]
  readonly start: number
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const say = t.thing
  const node = useNode()
  const [at, setAt] = useState(start)
  const dialog = useRef<HTMLDialogElement>(null)
  const from = useRef<number>(undefined)
  // As in `Sheet`: closed before it leaves the page, so that the focus goes back.
  useLayoutEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  const turn = (by: number): void => setAt((now) => Math.max(0, Math.min(blobs.length - 1, now + by)))
  const onKey = (event: KeyboardEvent): void => {
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by !== undefined) turn(isRightToLeft ? -by : by)
  }
  const blob = blobs[at]
  if (blob === undefined) return null
  return (
    <dialog
      ref={dialog}
      className={css.box}
      aria-label={say.photo(at + 1, blobs.length)}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        from.current = event.clientX
      }}
      onPointerUp={(event) => {
        const moved = event.clientX - (from.current ?? event.clientX)
        if (Math.abs(moved) > swipe) turn(moved < 0 ? 1 : -1)
      }}
    >
      <Whole key={blob} blob={blob} label={say.photo(at + 1, blobs.length)} />
      <div className={css.bar}>
        <p className={css.count} aria-live="polite">
          {say.photo(at + 1, blobs.length)}
        </p>
        <IconButton
          label={say.savePhoto}
          onClick={() =>
            void attempt(t, async () => {
              const info = await node.blobs.info(blob)
              await saveFile(node, blob, `takibi-${blob.slice(-8)}.${endingOf(info?.mimeType ?? '')}`)
            })
          }
        >
          <Download size={22} aria-hidden />
        </IconButton>
        <IconButton label={t.shell.close} onClick={onClose}>
          <X size={24} aria-hidden />
        </IconButton>
      </div>
      {at > 0 && (
        <IconButton label={say.previous} className={css.previous ?? ''} onClick={() => turn(-1)}>
          <ChevronLeft className="directional" size={28} aria-hidden />
        </IconButton>
      )}
      {at < blobs.length - 1 && (
        <IconButton label={say.next} className={css.next ?? ''} onClick={() => turn(1)}>
          <ChevronRight className="directional" size={28} aria-hidden />
        </IconButton>
      )}
    </dialog>
  )
}

const Whole = ({ blob, label }: { readonly blob: string; readonly label: string }) => {
  const t = useMessages()
  const node = useNode()
  const [url, setUrl] = useState<string>()
  const [isUnreadable, setIsUnreadable] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    let made: string | undefined
    const load = async (): Promise<void> => {
      const file = await attempt(t, () => node.blobs.file(blob, { signal: stop.signal }))
      if (file === undefined || stop.signal.aborted) return
      made = URL.createObjectURL(file)
      setUrl(made)
    }
    void load()
    return () => {
      stop.abort()
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [node, blob, t])
  if (isUnreadable) return <p className={css.sentence}>{t.thing.notPicture}</p>
  return url === undefined ? null : (
    <img className={css.photo} src={url} alt={label} draggable={false} onError={() => setIsUnreadable(true)} />
  )
}
