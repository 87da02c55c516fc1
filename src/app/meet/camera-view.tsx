import { SwitchCamera } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { IconButton } from '../components/button.tsx'
import { useMessages } from '../messages/messages.tsx'
import css from './meet.module.css'
import { openQrReader, pixelsOf } from './read-qr.ts'

/** Between two looks at the picture: soon enough for a hand that holds still, and a phone stays cool. */
const lookEveryMs = 200

/** What the camera sees, and what it reads there. */
export const CameraView = ({
  stream,
  onFound,
  onTurn,
}: {
  readonly stream: MediaStream
  readonly onFound: (text: string) => void
  readonly onTurn: () => void
}) => {
  const say = useMessages().meet.other
  const video = useRef<HTMLVideoElement>(null)
  const found = useEffectEvent(onFound)
  useEffect(() => {
    const element = video.current
    if (!element) return undefined
    element.srcObject = stream
    const watching = new AbortController()
    void watch(element, found, watching.signal)
    return () => {
      watching.abort()
      element.srcObject = null
    }
  }, [stream])
  return (
    <div className={css.camera}>
      <video ref={video} className={css.video} autoPlay muted playsInline aria-label={say.looking} />
      <IconButton label={say.turn} className={css.turn} onClick={onTurn}>
        <SwitchCamera size={22} aria-hidden />
      </IconButton>
    </div>
  )
}

/** Looks for codes until told to stop; not while the page is hidden, and never at two pictures at once. */
async function watch(video: HTMLVideoElement, onFound: (text: string) => void, signal: AbortSignal): Promise<void> {
  const read = await openQrReader()
  const canvas = document.createElement('canvas')
  for (; !signal.aborted; await nextLook()) {
    const pixels = document.hidden ? undefined : pixelsOf(video, video.videoWidth, video.videoHeight, canvas)
    const text = pixels && (await read(pixels))
    if (text !== undefined && !signal.aborted) onFound(text)
  }
}

const nextLook = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, lookEveryMs)
  })
